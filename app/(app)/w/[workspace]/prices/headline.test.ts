import { expect, test } from 'vitest'
import type { Price, PriceBook } from '#lib/prices/shapes.ts'
import { headline } from './headline.ts'

const price = (model: string, standing: Price['standing'] = 'now') => ({ model, standing }) as Price
const book = (prices: Price[], unpriced: string[] = []): PriceBook => ({ prices, unpriced })

test('what has no price comes first, the connected model counted once', () => {
  expect(headline(book([]), null)).toBe('Prices')
  expect(headline(book([], ['large']), 'large')).toBe('1 model has no price')
  expect(headline(book([price('large')], ['small']), 'large')).toBe('1 model has no price')
  expect(headline(book([price('large', 'later')]), 'large')).toBe('1 model has no price')
  expect(headline(book([price('large'), price('large', 'earlier'), price('small')]), 'large')).toBe(
    '2 models have a price',
  )
})
