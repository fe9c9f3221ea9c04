import { expect, test } from 'vitest'
import { marksOn, pageOf } from './page-marks.ts'

const PAGES = [
  { start: 0, text: 'The river rose.' },
  { start: 17, text: '' },
  { start: 19, text: 'Nobody slept.' },
]
const STARTS = PAGES.map(({ start }) => start)

test('a place is on one page, in its own units', () => {
  const mark = { number: 1, start: 19, end: 25 }
  expect(PAGES.map((page) => marksOn(page, [mark]))).toEqual([[], [], [{ number: 1, start: 0, end: 6 }]])
  expect(pageOf(STARTS, mark.start)).toBe(3)
})

test('a place over the end of a page is marked on both', () => {
  const mark = { number: 2, start: 10, end: 25 }
  expect(PAGES.map((page) => marksOn(page, [mark]))).toEqual([
    [{ number: 2, start: 10, end: 15 }],
    [],
    [{ number: 2, start: 0, end: 6 }],
  ])
  expect(pageOf(STARTS, mark.start)).toBe(1)
})

test('the break between two pages belongs to the one before it', () => {
  expect(pageOf(STARTS, 16)).toBe(1)
  expect(pageOf(STARTS, 18)).toBe(2)
})
