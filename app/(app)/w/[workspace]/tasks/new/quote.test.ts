import { expect, test } from 'vitest'
import { quoteOf } from './quote.ts'

const given = {
  rows: 100,
  textTokens: 50_000,
  instructionTokens: 500,
  sizes: { samples: 40, low: 100, middle: 200, high: 400 },
  price: { inputMicros: 2_000_000, outputMicros: 8_000_000 },
}

test('a quote counts texts, instructions for each, and answers as long as they were lately', () => {
  expect(quoteOf(given)).toEqual({
    inputTokens: 100_000,
    tokens: { low: 90_000, middle: 120_000, high: 160_000 },
    costMicros: { low: 240_000, middle: 360_000, high: 560_000 },
  })
})

test('without a price there is no cost, without earlier answers neither cost nor sum', () => {
  expect(quoteOf({ ...given, price: null })).toMatchObject({ tokens: { middle: 120_000 }, costMicros: null })
  expect(quoteOf({ ...given, sizes: undefined })).toEqual({ inputTokens: 100_000, tokens: null, costMicros: null })
})
