// Finds the quotes in a result. No schemas, so that pages can use it.

export type Quote = { quote: string; start: number | null; end: number | null }

/** Counts quotes with and without a place. */
export function countEvidence(value: unknown): { found: number; missing: number } {
  const all = evidenceOf(value)
  const found = all.filter((item) => item.start !== null).length
  return { found, missing: all.length - found }
}

/** Every quote of a result, in reading order. */
export function evidenceOf(value: unknown): Quote[] {
  if (Array.isArray(value)) return value.flatMap(evidenceOf)
  if (!isObject(value)) return []
  if (isQuote(value)) return [{ quote: value.quote, start: value.start ?? null, end: value.end ?? null }]
  return Object.values(value).flatMap(evidenceOf)
}

export function isQuote(node: object): node is { quote: string; start?: number | null; end?: number | null } {
  const keys = Object.keys(node)
  return (
    'quote' in node && typeof node.quote === 'string' && keys.every((key) => ['quote', 'start', 'end'].includes(key))
  )
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
