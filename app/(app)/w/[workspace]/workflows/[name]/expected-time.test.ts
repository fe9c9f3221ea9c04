import { expect, test } from 'vitest'
import type { WorkerTimes } from '#lib/tasks/shapes.ts'
import { expectedMs } from './expected-time.ts'

const times = (worker: string, medianMs: number | null, startsInMs = 0): WorkerTimes => ({
  worker,
  samples: medianMs === null ? 0 : 5,
  medianMs,
  p95Ms: medianMs,
  histogram: [],
  waiting: 0,
  slots: 1,
  free: 1,
  startsInMs,
  noWorker: false,
})
const step = (name: string, ...needs: string[]) => ({ name, worker: name, needs })

test('side by side the slowest step tells, one after the other their sum', () => {
  const known = [times('a', 100), times('b', 300), times('c', 50)]
  expect(expectedMs([step('a'), step('b'), step('c')], known)).toBe(300)
  expect(expectedMs([step('a'), step('b'), step('c', 'a', 'b')], known)).toBe(350)
})

test('the line before a worker counts, and what has never run says nothing', () => {
  expect(expectedMs([step('a')], [times('a', 100, 2_000)])).toBe(2_100)
  expect(expectedMs([step('a'), step('b')], [times('a', 100), times('b', null)])).toBe(100)
  expect(expectedMs([step('a')], [times('a', null)])).toBeNull()
})
