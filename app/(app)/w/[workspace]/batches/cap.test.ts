import { expect, test } from 'vitest'
import { capOf, capText } from './cap.ts'

test.each([
  ['2', 2_000_000],
  ['$2.50', 2_500_000],
  [' .05 ', 50_000],
  ['0.000001', 1],
  ['12.', 12_000_000],
  ['1,50', 1_500_000],
])('%j is a cap of %i micros', (text, micros) => expect(capOf(text)).toEqual({ micros, problem: null }))

test.each(['two', '1,500', '-1', '$', '.', '1.2345678', '1e3'])(
  '%j is no amount, and says what one looks like',
  (text) => expect(capOf(text)).toEqual({ micros: null, problem: expect.stringContaining('2.50') }),
)

test('an empty field is no cap, nothing is not one, and more than a million dollars is a slip', () => {
  expect(capOf('  ')).toEqual({ micros: null, problem: null })
  expect(capOf('0.00').problem).toMatch(/starts nothing/)
  expect(capOf('1000001').problem).toMatch(/highest cap is \$1,000,000/)
})

test('a cap is shown as it would be typed', () => {
  expect([null, 2_000_000, 2_500_000, 50_000, 123].map(capText)).toEqual(['', '2.00', '2.50', '0.05', '0.000123'])
})
