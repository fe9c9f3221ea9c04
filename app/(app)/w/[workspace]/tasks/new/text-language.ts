// Which language a text seems to be in, told from its script and its smallest words. Pure, and silent when in doubt:
// the worker looks closer.

const SEARCHED_CHARACTERS = 4_000
const FEWEST_WORDS = 6
/** Of all words, how many have to be small words of the language. */
const LEAST_SHARE = 0.1
/** How far ahead of the next language it has to be. */
const LEAST_LEAD = 1.6

const SMALL_WORDS: Record<string, string> = {
  en: 'the of and to in is that it for was with as on be at by this are not have from you we they an which will your our i',
  de: 'der die und das den dem des nicht ist ein eine einen mit von für auf sich auch es ich wir sie zu im wird als bei oder nach am',
  fr: 'le la les des de et est une un du que pour dans qui pas sur au avec ce sont nous vous ne se par il elle plus en à a',
  es: 'el la los las de que y en un una por con no para es se del al lo su como más pero fue hemos nos les a',
  it: 'il la di che e un una per non è con del della i gli le si da sono nel alla più ma in a',
  pt: 'o a os as de que e do da em um uma para com não por se dos das no na mais ao é foi',
  nl: 'de het een van en in is dat op te zijn met voor niet aan er maar ook als bij naar ik wij deze',
  sv: 'och att det som en på är av för med den till inte ett om har jag vi i de',
  pl: 'i w na z że się nie do jest to jak o za od po dla przez są ale',
  fi: 'ja on ei se että oli mutta ovat hän ole kun niin myös joka tämä',
  hu: 'a az és hogy nem is egy van volt meg de csak ez mint vagy ki',
  tr: 've bir bu için ile da de çok ama olarak daha gibi en o ne',
}

/** Neighbours that are not told apart from others yet, so that they are not taken for one of the above. */
const UNTOLD_WORDS = [
  'ja on ei ma ole oli kui et see aga ka mis',
  'og i det at er en af av på til som med for den ikke har jeg vi ble blev fra et om de',
  'a je v na se že do pro s o z i to ale sme si ako jak sú jsou nie není za',
  'i je u na da se za od su što nije ili ne sa kao bio',
  'și în nu este pe la cu din care de a o un pentru mai fost',
  'els i amb és per no de la el que un una del les dels al com més',
  'yang dan di untuk dengan ini tidak itu dari akan pada ke',
]

/** A letter that only one language of a script uses, looked for in this order; then the script itself. */
const LETTERS: readonly (readonly [language: string, letters: RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['ko', /\p{Script=Hangul}/u],
  ['zh', /\p{Script=Han}/u],
  ['th', /\p{Script=Thai}/u],
  ['el', /\p{Script=Greek}/u],
  ['he', /\p{Script=Hebrew}/u],
  ['fa', /[پچژگ]/u],
  ['ar', /\p{Script=Arabic}/u],
  ['uk', /[іїєґ]/iu],
  ['ru', /[ыэ]/iu],
]

const languagesOfWord = languagesByWord()

/** A BCP 47 tag, null when the text is short, mixed or in a language that this cannot tell. */
export function textLanguage(text: string): string | null {
  const words =
    text
      .slice(0, SEARCHED_CHARACTERS)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  const letters = words.join('')
  const latin = letters.match(/\p{Script=Latin}/gu)?.length ?? 0
  if (latin === 0) return letters.length < FEWEST_WORDS ? null : (byLetters(letters) ?? null)
  if (latin < 0.9 * letters.length || words.length < FEWEST_WORDS) return null
  return bySmallWords(words)
}

function byLetters(letters: string): string | undefined {
  return LETTERS.find(([, only]) => only.test(letters))?.[0]
}

function bySmallWords(words: readonly string[]): string | null {
  const scores = new Map<string, number>()
  for (const word of words) {
    const languages = languagesOfWord.get(word) ?? []
    for (const language of languages) scores.set(language, (scores.get(language) ?? 0) + 1 / languages.length)
  }
  const [best, next] = [...scores].toSorted((a, b) => b[1] - a[1])
  if (!best || best[1] < LEAST_SHARE * words.length) return null
  return !(best[0] in SMALL_WORDS) || (next && best[1] < LEAST_LEAD * next[1]) ? null : best[0]
}

function languagesByWord(): Map<string, string[]> {
  const lists: [language: string, words: string][] = [
    ...Object.entries(SMALL_WORDS),
    ...UNTOLD_WORDS.map((words, index): [string, string] => [`untold ${index}`, words]),
  ]
  const found = new Map<string, string[]>()
  for (const [language, words] of lists)
    for (const word of words.split(' ')) found.set(word, [...(found.get(word) ?? []), language])
  return found
}
