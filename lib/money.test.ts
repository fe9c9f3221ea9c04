import { describe, expect, test } from 'vitest'
import { formatMoney } from './money.ts'

describe('money keeps its significant digits', () => {
  test.each([
    [null, 'unpriced'],
    [0, '$0'],
    [3_000, '$0.003'],
    [12_200, '$0.0122'],
    [800, '$0.0008'],
    [20, '$0.00002'],
    [410_000, '$0.41'],
    [500_000, '$0.50'],
    [994_000, '$0.994'],
    [999_900, '$1.00'],
    [6_420_000, '$6.42'],
    [1_240_500_000, '$1,240.50'],
    [-3_000, '-$0.003'],
  ])('%s micros read "%s"', (micros, words) => {
    expect(formatMoney(micros)).toBe(words)
  })
})
