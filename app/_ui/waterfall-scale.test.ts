import { expect, test } from 'vitest'
import { timeAxis } from './waterfall-scale.ts'

test.each([
  [12_300, 3_000, ['0 s', '3', '6', '9', '12']],
  [180, 50, ['0 ms', '50', '100', '150']],
  [42, 10, ['0 ms', '10', '20', '30', '40']],
  [200_000, 60_000, ['0 min', '1', '2', '3']],
  [7_500_000, 1_800_000, ['0 min', '30', '60', '90', '120']],
  [3 * 86_400_000, 86_400_000, ['0 d', '1', '2', '3']],
])('%s ms has a step of %s', (span, step, labels) => {
  const axis = timeAxis(span)
  expect(axis.stepMs).toBe(step)
  expect(axis.ticks.map((tick) => tick.label)).toEqual(labels)
  expect(axis.endMs).toBeGreaterThan(span)
})

test('no time at all and a year both have an axis with few ticks', () => {
  expect(timeAxis(0).ticks.length).toBeLessThan(7)
  expect(timeAxis(365 * 86_400_000).ticks.length).toBeLessThan(7)
})
