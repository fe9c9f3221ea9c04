// How long a provider asks us to wait, from any of the three forms in use.

const LONGEST_MS = 24 * 3_600_000

/** `retry-after-ms`, or `retry-after` as seconds or as an HTTP date; undefined when absent or unreadable. */
export function retryAfterMs(headers: Headers, now = Date.now()): number | undefined {
  const exact = number(headers.get('retry-after-ms'))
  if (exact !== undefined) return bounded(exact)
  const value = headers.get('retry-after')
  const seconds = number(value)
  if (seconds !== undefined) return bounded(Math.ceil(seconds * 1000))
  const at = value ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? undefined : bounded(at - now)
}

function number(value: string | null): number | undefined {
  return value !== null && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : undefined
}

function bounded(ms: number): number {
  return Math.min(Math.max(0, ms), LONGEST_MS)
}
