import { expect, test } from 'vitest'
import { isUnverified, numberEvidence } from './evidence-numbers.ts'

const at = (start: number, end: number) => ({ quote: 'q', start, end })
const missing = { quote: 'q', start: null, end: null }

test('places are numbered in the order of the text, and the same place only once', () => {
  const result = {
    insights: [{ text: 'a', evidence: [at(50, 60)] }],
    risks: [{ text: 'b', evidence: [at(10, 20), at(50, 60)] }],
  }
  const { marks, numberOf, found } = numberEvidence(result)
  expect(marks).toEqual([
    { number: 1, start: 10, end: 20 },
    { number: 2, start: 50, end: 60 },
  ])
  expect(numberOf(at(50, 60))).toBe(2)
  expect(found).toBe(3)
})

test('quotes that are not in the text have no number and are counted', () => {
  const { numberOf, missing: count } = numberEvidence([{ evidence: [missing, at(1, 2)] }])
  expect(numberOf(missing)).toBeNull()
  expect(count).toBe(1)
})

test('a claim is unverified only when it has quotes and none is found', () => {
  expect(isUnverified([missing])).toBe(true)
  expect(isUnverified([missing, at(1, 2)])).toBe(false)
  expect(isUnverified([])).toBe(false)
})

test('a result without evidence has none', () => {
  expect(numberEvidence(null).marks).toEqual([])
})

test('values that show their own place are counted, not numbered', () => {
  const result = { claims: [{ evidence: [at(9, 12)] }], facts: [{ evidence: [at(1, 2)] }] }
  const { marks, found } = numberEvidence(result, ['facts'])
  expect(marks).toEqual([{ number: 1, start: 9, end: 12 }])
  expect(found).toBe(2)
})
