import { describe, expect, test } from 'vitest'
import {
  formatBytes,
  formatClock,
  formatCount,
  formatDate,
  formatMoment,
  formatDuration,
  formatInstant,
  formatQuantity,
  formatRelative,
  formatSeconds,
  formatShare,
  spelled,
} from './format.ts'

describe('durations', () => {
  test.each([
    [null, 'no data'],
    [undefined, 'no data'],
    [Number.NaN, 'no data'],
    [0, '0 s'],
    [0.4, 'under 1 ms'],
    [12, '12 ms'],
    [99, '99 ms'],
    [99.6, '0.1 s'],
    [1_234, '1.2 s'],
    [2_000, '2.0 s'],
    [9_949, '9.9 s'],
    [9_960, '10 s'],
    [12_300, '12.3 s'],
    [41_000, '41 s'],
    [59_960, '1 min'],
    [92_000, '1 min 32 s'],
    [200_000, '3 min 20 s'],
    [3_599_600, '1 h'],
    [7_500_000, '2 h 5 min'],
    [273_600_000, '3 d 4 h'],
  ])('%s ms reads "%s"', (ms, words) => {
    expect(formatDuration(ms)).toBe(words)
  })

  test('that tick are in whole seconds', () => {
    expect([-5, 0, 4_999, 59_999, 200_400].map(formatSeconds)).toEqual(['0 s', '0 s', '4 s', '59 s', '3 min 20 s'])
  })
})

test('counts have separators and say when there is nothing to count', () => {
  expect(formatCount(1240)).toBe('1,240')
  expect(formatCount(0)).toBe('0')
  expect(formatCount(null)).toBe('no data')
  expect(formatQuantity(1, 'task')).toBe('1 task')
  expect(formatQuantity(1240, 'task')).toBe('1,240 tasks')
})

test.each([
  [null, 'no data'],
  [0, '0%'],
  [0.004, 'under 1%'],
  [0.5, '50%'],
  [0.996, 'over 99%'],
  [1, '100%'],
])('the share %s reads "%s"', (share, words) => {
  expect(formatShare(share)).toBe(words)
})

test.each([
  [850, '850 B'],
  [12_400, '12 kB'],
  [1_200_000, '1.2 MB'],
  [2_000_000, '2 MB'],
])('%s bytes read "%s"', (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words)
})

describe('relative times', () => {
  const now = Date.parse('2026-11-23T09:41:00Z')
  test.each([
    ['2026-11-23T09:40:59Z', 'just now'],
    ['2026-11-23T09:40:48Z', '12 s ago'],
    ['2026-11-23T09:35:30Z', '5 min ago'],
    ['2026-11-23T06:41:00Z', '3 h ago'],
    ['2026-11-23T12:45:00Z', 'in 3 h'],
    ['2026-11-21T09:41:00Z', '2 d ago'],
    ['2026-11-01T09:41:00Z', '1 Nov 2026'],
  ])('%s reads "%s"', (at, words) => {
    expect(formatRelative(at, now, 'UTC')).toBe(words)
  })
})

test('instants are written in the zone that is asked for', () => {
  const at = '2026-11-23T23:41:08.214Z'
  expect(formatInstant(at, 'UTC')).toBe('23 Nov 2026, 23:41:08.214')
  expect(formatClock(at, 'UTC', true)).toBe('23:41:08')
  expect(formatDate(at, 'Asia/Tokyo')).toBe('24 Nov 2026')
})

describe('a moment has its date where that is not today, and its year where that is not this year', () => {
  const now = Date.parse('2026-01-01T00:10:00Z')
  test.each([
    ['2026-01-01T00:05:08Z', '00:05', '00:05:08', '00:05:08'],
    ['2025-12-31T23:59:08Z', '31 Dec 2025, 23:59', '31 Dec 2025, 23:59:08', '31 Dec 2025'],
    ['2026-03-02T09:41:08Z', '2 Mar, 09:41', '2 Mar, 09:41:08', '2 Mar, 09:41'],
  ])('%s reads "%s"', (at, minutes, seconds, short) => {
    expect(formatMoment(at, now, 'minutes', 'UTC')).toBe(minutes)
    expect(formatMoment(at, now, 'seconds', 'UTC')).toBe(seconds)
    expect(formatMoment(at, now, 'short', 'UTC')).toBe(short)
  })

  test('in the zone of whoever reads it', () => {
    expect(formatMoment('2025-12-31T23:59:08Z', now, 'minutes', 'Asia/Tokyo')).toBe('08:59')
  })
})

test.each([
  [0, 'No'],
  [1, 'One'],
  [12, 'Twelve'],
  [13, '13'],
  [1200, '1,200'],
])('%i at the start of a headline reads "%s"', (count, words) => {
  expect(spelled(count)).toBe(words)
})
