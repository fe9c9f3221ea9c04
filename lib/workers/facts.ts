// Values that can be read off a text by their form: amounts, dates, identifiers. No meaning is guessed.

export const FACT_KINDS = [
  'money',
  'percentage',
  'date',
  'time',
  'duration',
  'measure',
  'quantity',
  'identifier',
  'email',
  'link',
  'phone',
] as const
export type FactKind = (typeof FACT_KINDS)[number]

export type Fact = { kind: FactKind; value: string; start: number; end: number }

const NUMBER = String.raw`\d{1,3}(?:[.,'’\u00A0\u202F ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?`
const SCALE = String.raw`thousand|million|billion|trillion|Mio\.?|Mrd\.?|Millionen|Milliarden|milioni|miliardi|millions|milliards|millones|milh[õo]es|[kmb]n?\b`
const CURRENCY_WORD = String.raw`€|EUR|euros?|USD|dollars?|GBP|pounds?|CHF|francs?|Franken|SEK|NOK|DKK|krone[rn]?|yen|JPY|£|₪|₹|₽|₺|₩|zł|Kč|kr\b|円|元|руб(?:лей|ля|ль|\.)?`
const MONTH = String.raw`(?:Jan(?:uary|uar|vier)?|Feb(?:ruary|ruar)?|Mar(?:ch|s)?|März|Apr(?:il)?|May|Mai|June?|Juni|July?|Juli|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Okt(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|Dez(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|décembre|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|dezembro|januari|februari|maart|maj|mei|augusti|augustus|december|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня)`
const WEEKDAY = String.raw`(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch`
const LENGTH_OF_TIME = String.raw`(?:business |working |calendar )?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|quarters?)|Sekunden?|Minuten?|Stunden?|(?:Werk)?Tage?n?|Wochen?|Monate?n?|Jahre?n?|jours?|semaines?|mois|ans?|días?|semanas?|meses|años?`
const SPELLED =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty-five|sixty|ninety|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn'
const UNIT = String.raw`km\/h|mph|m\/s|mmol\/L|mg\/dL|pg\/mL|g\/dL|mg|mcg|µg|kg|g|lb|lbs|ml|mL|l|cm|mm|km|m²|m|miles?|°\s?[CF]|mmHg|bpm|kWh|kW|MW|GB|MB|TB|ms|Hz|GHz|MHz`

/** Earlier patterns win where two overlap. */
const PATTERNS: readonly (readonly [FactKind, RegExp])[] = [
  ['link', /\bhttps?:\/\/[^\s<>"')\]]{2,300}/g],
  ['email', /\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}\b/g],
  [
    'money',
    new RegExp(
      String.raw`\b(?:EUR|USD|GBP|CHF|CAD|AUD|SEK|NOK|DKK)\s(?:${NUMBER})(?:\s(?:${SCALE}))?|(?:US|A|C|NZ)?[$€£¥₪₹₩]\s?(?:${NUMBER})(?:\s(?:${SCALE})|[kmb]n?\b)?|(?<![\w.])(?:${NUMBER})\s?(?:(?:${SCALE})\s(?:d[ie]\s|d’|d')?)?(?:${CURRENCY_WORD})(?![\p{L}\d])`,
      'gu',
    ),
  ],
  [
    'percentage',
    new RegExp(
      String.raw`(?<![\w.])(?:${NUMBER})\s?(?:%|percent\b|per cent\b|Prozent\b|percentage points?\b|basis points?\b)`,
      'gu',
    ),
  ],
  [
    'date',
    new RegExp(
      String.raw`\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b|\b\d{1,2}(?:st|nd|rd|th)?\.?\s(?:of\s|de\s)?${MONTH}(?:\s(?:de\s)?\d{4})?(?![\p{L}\d])|\b${MONTH}\s\d{1,2}(?:st|nd|rd|th)?(?:,?\s\d{4})?(?![\d:])\b|\b${MONTH}\s\d{4}\b|\bQ[1-4]\s\d{4}\b|\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d{4}년\s?\d{1,2}월(?:\s?\d{1,2}일)?`,
      'gu',
    ),
  ],
  [
    'time',
    /\b\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?(?!\p{L}))?(?!\d)|\b\d{1,2}\s?[ap]\.?m\.?(?!\p{L})|\b\d{1,2}(?:[.:]\d{2})? Uhr\b/giu,
  ],
  [
    'duration',
    new RegExp(
      String.raw`(?<![\w.])(?:${NUMBER}|(?:${SPELLED}))(?:\s\(\d+\))?[\s-](?:${LENGTH_OF_TIME})(?!\sold\b|[\p{L}\d])`,
      'giu',
    ),
  ],
  ['measure', new RegExp(String.raw`(?<![\w.])(?:${NUMBER})\s?(?:${UNIT})(?![\p{L}\d])`, 'gu')],
  [
    'quantity',
    /(?<![\w.,$€£#-])\d{1,3}(?:[.,]\d{3})+\s(?:\p{Ll}{3,}\s){0,2}?\p{Ll}{3,}s(?![\p{L}\d])|(?<![\w.,$€£#-])\d{2,}\s(?:\p{Ll}{3,}\s){0,2}?\p{Ll}{3,}s(?![\p{L}\d])/gu,
  ],
  [
    'phone',
    /(?<![\w-])\+\d{1,3}[\s.-]?(?:\(?\d{1,4}\)?[\s.-]?){2,5}\d{2,4}(?!\d)|(?<![\w-])\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}(?!\d)/g,
  ],
  ['date', new RegExp(String.raw`\b(?:${WEEKDAY})\b`, 'gu')],
  [
    'identifier',
    /(?<![\p{L}\d#-])#?(?=[\p{L}\d-]*\d)(?=[A-Z\d-]*[A-Z-])[A-Z\d]{1,12}(?:[-/][A-Z\d]{1,12}){1,6}(?![\p{L}\d])|(?<![\p{L}\d])(?:#\d{2,12}|[A-Z]{2,6}\d{2,12}|[A-Z]{1,6}-?\d{3,12})(?![\p{L}\d])/gu,
  ],
]

/** Facts of a text in reading order, each with its place; none overlaps another. At most `limit`. */
export function factsOf(text: string, limit = 5000): Fact[] {
  const taken = new Map<number, Fact>()
  const free = new Uint8Array(text.length)
  for (const [kind, pattern] of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const value = match[0].trimEnd().replace(/[.,;]$/, '')
      const start = match.index
      const end = start + value.length
      if (value === '' || taken.size >= limit || free[start] || free[end - 1]) continue
      free.fill(1, start, end)
      taken.set(start, { kind, value, start, end })
    }
  }
  return [...taken.values()].toSorted((left, right) => left.start - right.start)
}

/** Every number of a text with its digits only, so that `1,200.50` and `1.200,50` compare equal. */
export function digitsOf(text: string): string[] {
  return [...text.normalize('NFKC').matchAll(/\p{Nd}[\p{Nd}.,'’\u00A0\u202F]*/gu)]
    .map(([number]) => westernDigits(number).replace(/\D/g, ''))
    .filter((digits) => digits !== '')
}

function westernDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)))
}

/** Decimal digits stand in runs of ten, zero first. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0
  let zero = code
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return code - zero
}
