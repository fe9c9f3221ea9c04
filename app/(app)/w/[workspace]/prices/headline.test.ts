import { expect, test } from 'vitest'
import type { Price, PriceBook } from '#lib/prices/shapes.ts'
import { headline } from './headline.ts'

const price = (model: string, more: Partial<Price> = {}) =>
  ({ model, standing: 'now', endpointHost: null, source: null, ...more }) as Price
const book = (prices: Price[], unpriced: string[] = []): PriceBook => ({ prices, unpriced })
const large = { model: 'large', endpointHost: 'here' }

test('what has no price comes first, the connected model counted once', () => {
  expect(headline(book([]), null)).toBe('Prices')
  expect(headline(book([], ['large']), large)).toBe('1 model has no price')
  expect(headline(book([price('large')], ['small']), large)).toBe('1 model has no price')
  expect(headline(book([price('large', { standing: 'later' })]), large)).toBe('1 model has no price')
  expect(headline(book([price('large'), price('large', { standing: 'earlier' }), price('small')]), large)).toBe(
    '2 models have a price of yours',
  )
})

test('a price that comes with Baton counts for its own endpoint alone', () => {
  const seeded = [price('large', { source: 'a page', endpointHost: 'api.example.com' })]
  expect(headline(book(seeded), large)).toBe('1 model has no price')
  expect(headline(book(seeded), { ...large, endpointHost: 'api.example.com' })).toBe('Prices')
})
