// What the page of prices says first. Pure.
import { formatQuantity } from '#app/_ui/format.ts'
import type { Price, PriceBook } from '#lib/prices/shapes.ts'

export type Connected = { model: string; endpointHost: string } | null

/** Whether its calls of now have a price, an operator's or one that comes with Baton. */
export function isPriced(prices: readonly Price[], connected: NonNullable<Connected>): boolean {
  return prices.some(
    ({ model, standing, endpointHost }) =>
      standing === 'now' &&
      model === connected.model &&
      (endpointHost === null || endpointHost === connected.endpointHost),
  )
}

export function headline({ prices, unpriced }: PriceBook, connected: Connected): string {
  const own = new Set(
    prices.flatMap(({ standing, source, model }) => (standing === 'now' && source === null ? [model] : [])),
  )
  const missing = new Set([
    ...unpriced,
    ...(connected === null || isPriced(prices, connected) ? [] : [connected.model]),
  ])
  if (missing.size > 0) return `${formatQuantity(missing.size, 'model has', 'models have')} no price`
  return own.size === 0 ? 'Prices' : `${formatQuantity(own.size, 'model has', 'models have')} a price of yours`
}
