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
  /** The only endpoint that it counts for; null = any. */
  endpointHost: string | null
  /** Where a price that comes with Baton was found; null = an operator's, which goes before it. */
  source: string | null
  createdBy: string | null
  createdAt: string
  /** Whether calls of now cost this: `earlier` ones did once, `later` ones will. */
  standing: 'now' | 'earlier' | 'later'
}

export type PriceBook = {
  /** Operators' prices, then those that come with Baton; by model, the last first. */
  prices: Price[]
  /** Models that were called here in the last 30 days and have no price now. */
  unpriced: string[]
}
