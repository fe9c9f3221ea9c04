import { expect, test } from 'vitest'
import type { BatchDetail, BatchSummary } from '#lib/batches/shapes.ts'
import { noItems } from '#lib/batches/states.ts'
import { binsOf } from './bins.ts'
import { headline, paceOf, spelledCounts, timeLeftMs, troubles } from './words.ts'

const counts = { ...noItems(), completed: 80, failed: 3, pending: 7, not_yet: 10 }
const batch = { status: 'in_progress', counts, endedLastMinute: 34 } as BatchDetail

test('the time left follows the pace of the last minute, and is not told without one', () => {
  const now = Date.parse('2026-11-25T10:05:00Z')
  const old = { ...batch, createdAt: '2026-11-25T10:00:00Z', finishedAt: null }
  expect(timeLeftMs(old, now)).toBe(30_000)
  expect(timeLeftMs({ ...old, createdAt: '2026-11-25T10:04:45Z' }, now)).toBe(7_500)
  expect(timeLeftMs({ ...old, endedLastMinute: 0 }, now)).toBeNull()
  expect(timeLeftMs({ ...old, status: 'paused' }, now)).toBeNull()
  expect(paceOf({ ...old, finishedAt: '2026-11-25T10:02:00Z' }, now)).toBe(41.5)
})

test('counts are spelled out, troubles first of all', () => {
  expect(spelledCounts(counts)).toBe('3 failed, 7 pending, 10 not yet, 80 completed')
  expect(troubles(counts)).toBe('3 failed')
  expect(troubles(noItems())).toBe('')
})

test('the list says first what needs somebody', () => {
  const of = (status: BatchSummary['status'], failed = 0) =>
    ({ status, counts: { ...noItems(), failed } }) as BatchSummary
  expect(headline([])).toBe('A thousand texts in one go')
  expect(headline([of('in_progress'), of('paused')])).toBe('1 batch under way')
  expect(headline([of('budget_reached'), of('paused')])).toBe('1 batch has reached its budget')
  expect(headline([of('paused'), of('completed')])).toBe('1 batch is paused')
  expect(headline([of('completed', 2)])).toBe('2 rows of the last batches failed')
})

test('few items have a mark each; many share marks, and a failed one is never hidden among others', () => {
  expect(binsOf('cfn', 240)).toEqual([
    { from: 1, to: 1, state: 'completed' },
    { from: 2, to: 2, state: 'failed' },
    { from: 3, to: 3, state: 'not_yet' },
  ])
  const bins = binsOf(`${'c'.repeat(500)}f${'c'.repeat(99)}${'n'.repeat(400)}`, 100)
  expect(bins).toHaveLength(100)
  expect(bins.map(({ state }) => state).filter((state) => state === 'failed')).toHaveLength(1)
  expect(bins[0]).toEqual({ from: 1, to: 10, state: 'completed' })
  expect(binsOf('ccccn', 1)).toEqual([{ from: 1, to: 5, state: 'pending' }])
})
