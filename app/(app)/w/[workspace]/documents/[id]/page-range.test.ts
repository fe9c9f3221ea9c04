import { expect, test } from 'vitest'
import { lastThatFits, lengthOf } from './page-range.ts'

// Pages of 10, 20 and 5 characters, two between each.
const STARTS = [0, 12, 34]
const ALL = 39

test('the length of some pages counts the breaks between them, not those around', () => {
  expect(lengthOf(STARTS, ALL, { from: 1, to: 1 })).toBe(10)
  expect(lengthOf(STARTS, ALL, { from: 2, to: 3 })).toBe(27)
  expect(lengthOf(STARTS, ALL, { from: 1, to: 3 })).toBe(ALL)
})

test('pages that are not there have no length', () => {
  for (const [from, to] of [
    [0, 1],
    [1, 4],
    [3, 2],
    [1.5, 2],
    [NaN, 2],
  ] as const)
    expect(lengthOf(STARTS, ALL, { from, to })).toBeNull()
})

test('as many pages are proposed as one task takes, and at least one', () => {
  expect(lastThatFits(STARTS, ALL, 1, 32)).toBe(2)
  expect(lastThatFits(STARTS, ALL, 1, 31)).toBe(1)
  expect(lastThatFits(STARTS, ALL, 2, 27)).toBe(3)
  expect(lastThatFits(STARTS, ALL, 1, 5)).toBe(1)
})
