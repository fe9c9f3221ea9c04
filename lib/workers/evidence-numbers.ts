// Numbers for the places that a result points to, in the order of the text. Pure.
import { evidenceOf, isObject, type Quote } from './quotes.ts'

export type NumberedPlace = { number: number; start: number; end: number }

export type NumberedEvidence = {
  marks: NumberedPlace[]
  found: number
  missing: number
  /** Null for a quote that is not in the text. */
  numberOf: (evidence: Quote) => number | null
}

/** Parts of a result whose values show their own place: numbers would only crowd the text. */
export const UNNUMBERED: readonly string[] = ['facts', 'names']

/** The same place has the same number wherever it is quoted; quotes of `unnumbered` parts are only counted. */
export function numberEvidence(result: unknown, unnumbered: readonly string[] = []): NumberedEvidence {
  const all = evidenceOf(result)
  const claims = evidenceOf(isObject(result) ? without(result, unnumbered) : result)
  const places = new Map<string, { start: number; end: number }>()
  for (const { start, end } of claims)
    if (start !== null && end !== null) places.set(placeKey(start, end), { start, end })
  const sorted = [...places.values()].toSorted((a, b) => a.start - b.start || b.end - a.end)
  const numbers = new Map(sorted.map(({ start, end }, index) => [placeKey(start, end), index + 1]))
  return {
    marks: sorted.map(({ start, end }, index) => ({ number: index + 1, start, end })),
    found: all.filter((evidence) => evidence.start !== null).length,
    missing: all.filter((evidence) => evidence.start === null).length,
    numberOf: ({ start, end }) => (start === null || end === null ? null : (numbers.get(placeKey(start, end)) ?? null)),
  }
}

/** A claim that gives quotes, none of which is in the text. */
export function isUnverified(evidence: readonly Quote[]): boolean {
  return evidence.length > 0 && evidence.every(({ start }) => start === null)
}

function placeKey(start: number, end: number): string {
  return `${start}-${end}`
}

function without(result: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(result).filter(([name]) => !names.includes(name)))
}
