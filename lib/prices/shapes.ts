// The JSON-safe shape of prices: the API and the page speak it. Types only: safe to import anywhere.

export type Price = {
  id: string
  model: string
  effectiveFrom: string
  /** Millionths of a US dollar for a million tokens. */
  inputMicros: number
  /** Null = as other input. */
  cachedMicros: number | null
  outputMicros: number
  createdBy: string | null
  createdAt: string
  /** Whether calls of now cost this: `earlier` ones did once, `later` ones will. */
  standing: 'now' | 'earlier' | 'later'
}

export type PriceBook = {
  /** By model, the last first. */
  prices: Price[]
  /** Models that were called here in the last 30 days and have no price now. */
  unpriced: string[]
}
