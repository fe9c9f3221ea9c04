// How long the text of some pages is, by where each page begins. Pure.
import { PAGE_BREAK } from '#lib/documents/states.ts'

export type PageRange = { from: number; to: number }

/** UTF-16 units; null when there are no such pages. */
export function lengthOf(starts: readonly number[], characters: number, { from, to }: PageRange): number | null {
  if (!Number.isInteger(from) || !Number.isInteger(to) || from > to) return null
  const start = starts[from - 1]
  if (start === undefined || to > starts.length) return null
  return endOf(starts, characters, to) - start
}

/** The last page up to which the text from `from` on is no longer than `most`; `from` itself when even that is. */
export function lastThatFits(starts: readonly number[], characters: number, from: number, most: number): number {
  let last = from
  while (last < starts.length && endOf(starts, characters, last + 1) - (starts[from - 1] ?? 0) <= most) last += 1
  return last
}

function endOf(starts: readonly number[], characters: number, page: number): number {
  const next = starts[page]
  return next === undefined ? characters : next - PAGE_BREAK.length
}
