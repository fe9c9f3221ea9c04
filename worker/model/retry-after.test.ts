import { expect, test } from 'vitest'
import { retryAfterMs } from './retry-after.ts'

const now = Date.parse('2026-11-24T10:00:00Z')

test.each([
  ['seconds', { 'retry-after': '7' }, 7_000],
  ['parts of a second', { 'retry-after': '0.25' }, 250],
  ['milliseconds, which win', { 'retry-after-ms': '120', 'retry-after': '7' }, 120],
  ['an HTTP date', { 'retry-after': 'Tue, 24 Nov 2026 10:00:09 GMT' }, 9_000],
  ['a date gone by', { 'retry-after': 'Tue, 24 Nov 2026 09:00:00 GMT' }, 0],
  ['a year, bounded to a day', { 'retry-after': '31536000' }, 86_400_000],
  ['nonsense', { 'retry-after': 'soon' }, undefined],
  ['nothing', {}, undefined],
])('Retry-After as %s', (_, headers, expected) => {
  expect(retryAfterMs(new Headers(headers as Record<string, string>), now)).toBe(expected)
})
