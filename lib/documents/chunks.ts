// A long text in pieces that a worker can read one by one: they follow each other without a gap, so that a place in a
// piece is a place in the text. Cut where the text is: above a heading, between pages, paragraphs, sentences, lines or
// words, in this order, and only where there is none of them inside a word.
import { sentencesOf } from '#lib/workers/sentences.ts'
import { headingsOf } from './headings.ts'

export type Chunk = {
  /** In UTF-16 units; the first begins at 0, each other where the one before ends. */
  start: number
  end: number
  /** The last heading above its text, or at its beginning; null when there is none. */
  heading: string | null
}

export type ChunkOptions = {
  /** UTF-16 units, at least 2. White space at the end of a chunk does not count. */
  maxCharacters: number
  /** Where pages begin; form feeds are found without. */
  pageStarts?: readonly number[]
}

/** A better border is preferred down to this share of a full chunk; nor does the last chunk get shorter. */
const LEAST_SHARE = 1 / 3

/** No chunk is blank unless the text is; an empty text has none. */
export function chunksOf(text: string, { maxCharacters, pageStarts = [] }: ChunkOptions): Chunk[] {
  if (!Number.isInteger(maxCharacters) || maxCharacters < 2)
    throw new RangeError(`maxCharacters is ${maxCharacters}, and has to be an integer from 2 on`)
  const headings = headingsOf(text)
  const borders = [
    headings.map(({ start }) => start),
    [...pageStarts, ...placesBehind(text, /\f\s*/g)].toSorted((left, right) => left - right),
    placesBehind(text, /\n[^\S\n]*\n\s*/g),
  ]
  const length = text.trimEnd().length
  const least = Math.floor(maxCharacters * LEAST_SHARE)
  const chunks: Chunk[] = []
  let heading: string | null = null
  let nextHeading = 0
  for (let start = 0; start < text.length;) {
    const from = start === 0 ? behindSpace(text, 0) : start
    const rest = length - from
    const cut =
      rest <= maxCharacters
        ? text.length
        : cutBetween(text, borders, from, from + least, Math.min(from + maxCharacters, length - least))
    const end = behindSpace(text, cut)
    for (; (headings[nextHeading]?.start ?? Infinity) <= from; nextHeading += 1)
      heading = headings[nextHeading]?.text ?? null
    chunks.push({ start, end, heading })
    start = end
  }
  return chunks
}

function placesBehind(text: string, gap: RegExp): number[] {
  return Array.from(text.matchAll(gap), (match) => match.index + match[0].length)
}

function behindSpace(text: string, from: number): number {
  let to = from
  while (to < text.length && isSpace(text, to)) to += 1
  return to
}

function cutBetween(text: string, borders: number[][], from: number, least: number, most: number): number {
  for (const places of borders) {
    const last = lastUpTo(places, most)
    if (last > least) return last
  }
  return sentenceBefore(text, least, most) ?? lineBefore(text, least, most) ?? wordBefore(text, from, most)
}

/** -1 when all are behind it. */
function lastUpTo(places: number[], most: number): number {
  let low = 0
  let high = places.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((places[middle] ?? Infinity) <= most) low = middle + 1
    else high = middle
  }
  return places[low - 1] ?? -1
}

function sentenceBefore(text: string, least: number, most: number): number | null {
  const sentences = sentencesOf(text.slice(least, most))
  for (let index = sentences.length - 1; index > 0; index -= 1) {
    const { start = 0, text: words = '' } = sentences[index] ?? {}
    // A line end is an end of a sentence too, wherever lines are short: only a mark tells.
    if (/[.!?…。！？؟।]["'”’»)\]]*$/u.test(sentences[index - 1]?.text ?? '') || /^[-*•–—·]\s/.test(words))
      return least + start
  }
  return null
}

function lineBefore(text: string, least: number, most: number): number | null {
  const last = text.slice(least, most).lastIndexOf('\n')
  return last > 0 ? least + last + 1 : null
}

function wordBefore(text: string, from: number, most: number): number {
  if (isSpace(text, most)) return most
  for (let at = most; at > from; at -= 1) if (isSpace(text, at - 1)) return at
  const between =
    /[\uD800-\uDBFF]$/.test(text.slice(most - 1, most)) && /^[\uDC00-\uDFFF]/.test(text.slice(most, most + 1))
  return between ? most - 1 : most
}

function isSpace(text: string, at: number): boolean {
  return /\s/.test(text.charAt(at))
}
