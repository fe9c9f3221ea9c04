import { expect, test } from 'vitest'
import { NOTHING, rerunQuery, rowList, toggled } from './selection.ts'

test('rows that stand side by side are written as a stretch', () => {
  expect(rowList(new Set([9, 3, 4, 5, 1]))).toBe('1,3-5,9')
  expect(rowList(new Set())).toBe('')
})

test('a row is chosen and given up again; choosing one ends the choice of all', () => {
  expect(toggled(toggled(NOTHING, 2), 2)).toEqual(NOTHING)
  expect(toggled({ rows: new Set([1, 2]), all: true }, 2)).toEqual({ rows: new Set([1]), all: false })
})

test('the address names the rows, or the state of all that are shown', () => {
  expect(rerunQuery('b', { rows: new Set([1, 2]), all: false }, 'failed')).toBe('from=b&rows=1-2')
  expect(rerunQuery('b', { rows: new Set([1]), all: true }, 'failed')).toBe('from=b&state=failed')
  expect(rerunQuery('b', { rows: new Set([1]), all: true }, null)).toBe('from=b')
})
