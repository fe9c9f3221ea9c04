import type { Evidence } from '#lib/workers/evidence.ts'

export type Place = { start: number; end: number }

/** What a result shows of the text beside it, and how it asks for a place to be shown. */
export type EvidenceView = {
  numberOf: (evidence: Evidence) => number | null
  active: number | null
  activate: (number: number) => void
  /** Show only claims whose quotes are not in the text. */
  onlyMissing: boolean
  /** A place without a number, such as a sentence of a translation. */
  place: Place | null
  showPlace: (place: Place) => void
}

/** Where the first quote of several stands; null when none is in the text. */
export function placeOf(evidence: readonly Evidence[]): Place | null {
  for (const { start, end } of evidence) if (start !== null && end !== null) return { start, end }
  return null
}
