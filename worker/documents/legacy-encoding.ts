// Which of the encodings from before Unicode a text is in, by what it becomes: read rightly, most of its letters are
// among the commonest of one language; read wrongly, hardly any is. Western letters stand alone between ASCII ones, so
// that a text of Western Europe is not even tried as another.

type Reading = {
  encoding: string
  isCommon: (letter: string) => boolean
  /** The share of common ones among the letters that are not ASCII, from which on it is believed. */
  least: number
  /** Each letter is one byte: then it needs neighbours of its kind. */
  single: boolean
}

const SIMPLIFIED =
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活更别打女变四总何电数安少报才结反受目太量再感建务做接必场件计管期市直资命指统区保至社便空决治展科司五基书非则达权设式路记品告类求据程该交规万取确传清今切院让识带导争运请您谢贵款单号费理赔险客户收付'
const TRADITIONAL =
  '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平係氣題活更別打女變四總何電數安少報才結反受目太量再感建務做接必場件計管期市直資命指統區保至社便空決治展科司五基書非則達權設式路記品告類求據程該交規萬取確傳清今切院讓識帶導爭運請您謝貴款單號費理賠險客戶收付'
const KOREAN =
  '이다는에의을가고하한지로기도사를은리어서자시인해대나아정으수일들있라부그전여과보제만상주구장게국관원적성공동소방신유세우선연생문경행화계조미물당민비음개면스위용안중오분차무발실모교회양명내각했습니었야됐것않되된할및등또년월입요세금험청감합저거래번호확불'
const RUSSIAN = 'оеаинтсрвл'
const GREEK = 'αοιετσνηρςάόίέή'

const READINGS: readonly Reading[] = [
  { encoding: 'shift_jis', isCommon: isKana, least: 0.25, single: false },
  { encoding: 'euc-jp', isCommon: isKana, least: 0.25, single: false },
  { encoding: 'euc-kr', isCommon: among(KOREAN), least: 0.3, single: false },
  { encoding: 'gb18030', isCommon: among(SIMPLIFIED + TRADITIONAL), least: 0.3, single: false },
  { encoding: 'big5', isCommon: among(TRADITIONAL), least: 0.3, single: false },
  { encoding: 'windows-1251', isCommon: among(RUSSIAN), least: 0.5, single: true },
  { encoding: 'koi8-r', isCommon: among(RUSSIAN), least: 0.5, single: true },
  { encoding: 'windows-1253', isCommon: among(GREEK), least: 0.5, single: true },
]

const SAMPLE_BYTES = 64_000
/** Of common letters: a few may be chance. */
const LEAST_LETTERS = 4
/** Of letters that could not be read: one may be damaged, and the sample may end within one. */
const MOST_BROKEN = 0.005
/** Of bytes that are no ASCII letter but stand beside another such byte. */
const LEAST_BESIDE = 0.7

/** Of bytes that are no UTF-8. Null when it is none of these. */
export function legacyEncoding(bytes: Buffer): string | null {
  const first = bytes.findIndex((byte) => byte >= 0x80)
  const sample = bytes.subarray(first, first + SAMPLE_BYTES)
  const beside = first < 0 ? 0 : shareBeside(sample)
  let best: { encoding: string; share: number } | null = null
  for (const reading of first < 0 ? [] : READINGS) {
    if (reading.single && beside < LEAST_BESIDE) continue
    const share = shareOfCommon(new TextDecoder(reading.encoding).decode(sample, { stream: true }), reading)
    if (share >= reading.least && share > (best?.share ?? 0)) best = { encoding: reading.encoding, share }
  }
  return best?.encoding ?? null
}

/** Seven bits, with the marks that switch to Japanese and back. */
export function isJapaneseMail(bytes: Buffer): boolean {
  if (!bytes.includes('\x1b$B') && !bytes.includes('\x1b$@')) return false
  if (bytes.some((byte) => byte >= 0x80)) return false
  return !new TextDecoder('iso-2022-jp').decode(bytes).includes('\uFFFD')
}

function shareOfCommon(text: string, { isCommon }: Reading): number {
  let letters = 0
  let common = 0
  let broken = 0
  for (const letter of text.toLowerCase()) {
    if (letter === '\uFFFD') broken += 1
    else if (letter > '\x7f' && /\p{L}/u.test(letter)) {
      letters += 1
      if (isCommon(letter)) common += 1
    }
  }
  return common < LEAST_LETTERS || broken > 1 + letters * MOST_BROKEN ? 0 : common / letters
}

function shareBeside(bytes: Buffer): number {
  let high = 0
  let beside = 0
  for (let at = 0; at < bytes.length; at += 1) {
    if ((bytes[at] ?? 0) < 0xa0) continue
    high += 1
    if ((bytes[at - 1] ?? 0) >= 0xa0 || (bytes[at + 1] ?? 0) >= 0xa0) beside += 1
  }
  return high === 0 ? 0 : beside / high
}

/** Full width: those of half width are what Western letters would become. */
function isKana(letter: string): boolean {
  return letter >= '\u3041' && letter <= '\u30fe'
}

function among(letters: string): (letter: string) => boolean {
  const known = new Set(letters)
  return (letter) => known.has(letter)
}
