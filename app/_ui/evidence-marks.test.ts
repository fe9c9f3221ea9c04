import { expect, test } from 'vitest'
import { textRuns } from './evidence-marks.ts'

const text = 'The hose failed at the crimp.'

test('runs add up to the text and carry the numbers of their marks', () => {
  const runs = textRuns(text, [{ number: 1, start: 4, end: 15 }])
  expect(runs.map((run) => run.text).join('')).toBe(text)
  expect(runs).toEqual([
    { start: 0, text: 'The ', numbers: [], opens: [], closes: [] },
    { start: 4, text: 'hose failed', numbers: [1], opens: [1], closes: [1] },
    { start: 15, text: ' at the crimp.', numbers: [], opens: [], closes: [] },
  ])
})

test('overlapping marks share their common run', () => {
  const runs = textRuns(text, [
    { number: 1, start: 4, end: 15 },
    { number: 2, start: 9, end: 28 },
  ])
  expect(runs.map((run) => [run.text, run.numbers, run.closes])).toEqual([
    ['The ', [], []],
    ['hose ', [1], []],
    ['failed', [1, 2], [1]],
    [' at the crimp', [2], [2]],
    ['.', [], []],
  ])
})

test('the same place under two numbers is one run', () => {
  const runs = textRuns(text, [
    { number: 1, start: 0, end: 3 },
    { number: 2, start: 0, end: 3 },
  ])
  expect(runs[0]).toEqual({ start: 0, text: 'The', numbers: [1, 2], opens: [1, 2], closes: [1, 2] })
})

test('empty, reversed and outside marks change nothing', () => {
  const runs = textRuns(text, [
    { number: 1, start: 5, end: 5 },
    { number: 2, start: 9, end: 4 },
    { number: 3, start: 20, end: 400 },
    { number: 4, start: -1, end: 4 },
  ])
  expect(runs).toEqual([{ start: 0, text, numbers: [], opens: [], closes: [] }])
})

test('an empty text has no runs', () => {
  expect(textRuns('', [])).toEqual([])
})
