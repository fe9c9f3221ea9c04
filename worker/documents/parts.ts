// Text of a format that has no pages, in parts of a few thousand characters: at form feeds, else between paragraphs,
// else between lines or words.

const PART_LENGTH = 4_000
const LEAST = PART_LENGTH / 2
const BORDERS = [/\n[^\S\n]*\n/g, /\n/g, /[.!?]\s/g, /\s/g]

export function inParts(text: string): string[] {
  return text
    .replace(/\r\n?/g, '\n')
    .split('\f')
    .flatMap(splitLong)
    .map((part) => part.replace(/^\s*\n|\s+$/g, ''))
    .filter((part) => part.trim() !== '')
}

function splitLong(text: string): string[] {
  const parts: string[] = []
  let from = 0
  while (text.length - from > PART_LENGTH) {
    const to = from + borderIn(text.slice(from, from + PART_LENGTH))
    parts.push(text.slice(from, to))
    from = to
  }
  parts.push(text.slice(from))
  return parts
}

/** Where to cut: behind the last border of the best kind, and never between the halves of one character. */
function borderIn(window: string): number {
  for (const border of BORDERS) {
    let last = -1
    for (const match of window.matchAll(border)) last = match.index + match[0].length
    if (last >= LEAST) return last
  }
  return /[\uD800-\uDBFF]$/.test(window) ? window.length - 1 : window.length
}
