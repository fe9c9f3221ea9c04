// Places in a document's whole text, as places on its pages. Pure.
import type { EvidenceMark } from '#app/_ui/evidence-marks.ts'

export type PageText = { start: number; text: string }

/** What of the marks stands on the page, in its own units; one that goes on over the page's end is cut there. */
export function marksOn({ start, text }: PageText, marks: readonly EvidenceMark[]): EvidenceMark[] {
  const end = start + text.length
  return marks
    .filter((mark) => mark.start < end && mark.end > start)
    .map((mark) => ({
      number: mark.number,
      start: Math.max(0, mark.start - start),
      end: Math.min(text.length, mark.end - start),
    }))
    .filter((mark) => mark.start < mark.end)
}

/** The number of the page that a place is on, from 1. */
export function pageOf(starts: readonly number[], place: number): number {
  return Math.max(1, starts.findLastIndex((start) => start <= place) + 1)
}

export function markId(page: number, number: number): string {
  return `${markPrefix(page)}${number}`
}

export function markPrefix(page: number): string {
  return `page-${page}-ev-`
}
