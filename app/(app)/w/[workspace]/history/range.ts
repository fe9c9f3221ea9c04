// The time ranges of History: how they are named, where they begin and how the last one is remembered.
import { formatClock, formatDay } from '#app/_ui/format.ts'

export const RANGES = ['1h', '24h', '7d', '30d', '90d', 'all'] as const
export type Range = (typeof RANGES)[number]

/** Times outside of these years are no times of tasks; a browser's date field takes more digits. */
export const FIRST_YEAR = 1970
export const LAST_YEAR = 9999

export const DEFAULT_RANGE: Range = '7d'
/** A cookie, so that the server's first page already has the person's last range. */
export const RANGE_COOKIE = 'baton_range'

export const RANGE_TITLES: Record<Range, string> = {
  '1h': 'Last hour',
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
  all: 'All time',
}

const HOUR = 3_600_000
const LENGTHS: Record<Exclude<Range, 'all'>, number> = {
  '1h': HOUR,
  '24h': 24 * HOUR,
  '7d': 7 * 24 * HOUR,
  '30d': 30 * 24 * HOUR,
  '90d': 90 * 24 * HOUR,
}

/** Null for all time. */
export function rangeStart(range: Range, now: Date): Date | null {
  return range === 'all' ? null : new Date(now.getTime() - LENGTHS[range])
}

export function readRange(cookie: string | undefined): Range {
  return RANGES.find((range) => range === cookie) ?? DEFAULT_RANGE
}

/** The next wider range; null at all time. */
export function widerRange(range: Range): Range | null {
  return RANGES[RANGES.indexOf(range) + 1] ?? null
}

/** "24 Nov, 09:00 to now", in the viewer's zone. */
export function customTitle(from: string, to: string, now: number): string {
  const part = (iso: string, fallback: string) => {
    const at = new Date(iso)
    return iso === '' || Number.isNaN(at.getTime()) ? fallback : `${formatDay(iso, now)}, ${formatClock(iso)}`
  }
  return `${part(from, 'the beginning')} to ${part(to, 'now')}`
}
