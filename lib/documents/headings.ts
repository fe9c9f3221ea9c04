// Which lines of a plain text are headings. Files say so in many ways, or not at all: what is taken for one is marked
// as such (Markdown, "Chapter 4", capitals), or is a short line that stands above a paragraph and is no sentence.

export type Heading = {
  /** Where its line begins, in UTF-16 units. */
  start: number
  /** Without marks, in one line. */
  text: string
}

const MAX_LENGTH = 100
/** Directly above a paragraph, without a blank line, only a line that ends much earlier is a heading. */
const SHARE_OF_LINE = 0.6
/** Rows of a table and items of a list look like headings too, but there are more of them in a row. */
const MAX_IN_A_ROW = 2

const HASHES = /^ {0,3}#{1,6}\s+(.*?)(?:\s+#+)?$/
const FENCE = /^ {0,3}(?:```|~~~)/
const UNDERLINE = /^ {0,3}(?:={3,}|-{3,})\s*$/
const NAMED = /^(?:Chapter|Section|Article|Part|Appendix|Annex|Exhibit|Kapitel|Abschnitt|Anhang|§)\s*(?:\d|[A-Z]+\b)/
const BEGINS = /^(?:\d{1,3}(?:\.\d{1,3}){0,4}[.)]?\s+|[A-Z][.)]\s+)?["“„«(¿¡]?[\p{Lu}\p{Lo}\d]/u
/** A sentence, a part of one, or a field such as "Subject: …". */
const NO_HEADING = /[.!?,;:…。！？、，؟।|]["'”’»)\]]*$|^[\p{L} -]{1,24}:\s|\t|^\d[\d\s./:-]*$/u

type Line = { start: number; text: string; afterBlank: boolean; beforeBlank: boolean }

export function headingsOf(text: string): Heading[] {
  const lines = linesOf(text)
  const found: Heading[] = []
  let fenced = false
  let open: Line[] = []
  lines.forEach((line, index) => {
    if (FENCE.test(line.text)) fenced = !fenced
    const marked = fenced ? null : markedHeading(line, lines[index + 1])
    if (marked !== null) {
      open = []
      if (marked !== '') found.push({ start: line.start, text: marked })
      return
    }
    const [first] = open
    const last = open.at(-1)
    const directly = !line.afterBlank && last !== undefined && standsAbove(last, line)
    if (!fenced && !directly && looksLikeOne(line, open.length > 0)) open.push(line)
    else {
      if (first && last && open.length <= MAX_IN_A_ROW && standsAbove(last, line))
        found.push({ start: first.start, text: oneLine(last.text) })
      open = []
    }
  })
  return found
}

/** Lines that are not blank. One that is too long for a heading is there with its beginning only. */
function linesOf(whole: string): Line[] {
  const lines: Line[] = []
  let blank = true
  for (let start = 0; start < whole.length;) {
    const next = whole.indexOf('\n', start)
    const end = next < 0 ? whole.length : next
    const line = whole.slice(start, Math.min(end, start + MAX_LENGTH * 2))
    const last = lines.at(-1)
    if (line.trim() === '') {
      blank = true
      if (last) last.beforeBlank = true
    } else {
      const text = line.trimEnd().replace(/^\f/, '')
      lines.push({ start, text, afterBlank: blank || line.startsWith('\f'), beforeBlank: next < 0 })
      blank = false
    }
    start = end + 1
  }
  return lines
}

/** The text of a line that is marked as a heading; empty when the mark stands alone, null when there is none. */
function markedHeading(line: Line, below: Line | undefined): string | null {
  if (line.text.length > MAX_LENGTH) return null
  const hashes = HASHES.exec(line.text)
  if (hashes) return oneLine(hashes[1] ?? '')
  const text = oneLine(line.text)
  if (line.afterBlank && !line.beforeBlank && below && UNDERLINE.test(below.text) && /\p{L}/u.test(text)) return text
  if (line.afterBlank && NAMED.test(text) && (text.length <= 16 || !NO_HEADING.test(text))) return text
  return (line.afterBlank || line.beforeBlank) && inCapitals(text) ? text : null
}

function inCapitals(text: string): boolean {
  return /\p{Lu}.*\p{Lu}.*\p{Lu}.*\p{Lu}/u.test(text) && !/[\p{Ll}\p{Lo}]/u.test(text) && !NO_HEADING.test(text)
}

function looksLikeOne({ text, afterBlank }: Line, inARow: boolean): boolean {
  if (!afterBlank && !inARow) return false
  const words = oneLine(text)
  return words.length <= MAX_LENGTH && BEGINS.test(words) && /\p{L}{2}/u.test(words) && !NO_HEADING.test(words)
}

function standsAbove(heading: Line, line: Line): boolean {
  const { text } = line
  if (text.length <= 40 && !/[.!?…。！？؟।]["'”’»)\]]*$/u.test(text)) return false
  return heading.beforeBlank || (BEGINS.test(text) && heading.text.length <= SHARE_OF_LINE * text.length)
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
