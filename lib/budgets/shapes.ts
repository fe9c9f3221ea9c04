// The JSON-safe shape of budgets: the API and the pages speak it. Types only: safe to import anywhere.

export type Budget = {
  /** Millionths of a US dollar; null = the cap was taken off. */
  capMicros: number | null
  /** What ended calls have cost, and the most that calls whose end nobody knows may have cost. */
  spentMicros: number
  /** Of the spent ones, what was set aside for calls whose end nobody knows: their provider may have charged it. */
  assumedMicros: number
  /** The most that the calls under way may cost. */
  reservedMicros: number
  /** Models without a price may be called; what they cost is not counted. */
  unpriced: boolean
  /** Tasks that wait for room in it. */
  waiting: number
  /** The most that the cheapest of their calls may cost; null when none waits for money. */
  neededMicros: number | null
  /** Models that tasks wait for and that have no price. */
  unpricedModels: string[]
}
