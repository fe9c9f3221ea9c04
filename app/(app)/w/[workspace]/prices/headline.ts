// What the page of prices says first. Pure.
import { formatQuantity } from '#app/_ui/format.ts'
import type { PriceBook } from '#lib/prices/shapes.ts'

export function headline({ prices, unpriced }: PriceBook, connected: string | null): string {
  const priced = new Set(prices.filter(({ standing }) => standing === 'now').map(({ model }) => model))
  const missing = new Set([...unpriced, ...(connected === null || priced.has(connected) ? [] : [connected])])
  if (missing.size > 0) return `${formatQuantity(missing.size, 'model has', 'models have')} no price`
  return priced.size === 0 ? 'Prices' : `${formatQuantity(priced.size, 'model has', 'models have')} a price`
}
