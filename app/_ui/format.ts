// Durations, money, counts and times as people read them. Pure: the same words on the server and in the browser.

export const NO_DATA = 'no data'

/** `12 ms`, `1.2 s`, `41 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`; null is "no data", never 0. */
export function formatDuration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return NO_DATA
  if (ms <= 0) return '0 s'
  if (ms < 1) return 'under 1 ms'
  if (ms < 99.5) return `${Math.round(ms)} ms`
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`
  if (ms < 59_950) return `${trimmed((ms / 1000).toFixed(1))} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return pair(seconds, 60, 'min', 's')
  const minutes = Math.round(seconds / 60)
  if (minutes < 24 * 60) return pair(minutes, 60, 'h', 'min')
  return pair(Math.round(minutes / 60), 24, 'd', 'h')
}

/** What ticks once a second, in whole seconds: `4 s`, `3 min 20 s`. */
export function formatSeconds(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  return seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000)
}

/** `1,240`; null is "no data". */
export function formatCount(count: number | null | undefined): string {
  return count === null || count === undefined || !Number.isFinite(count)
    ? NO_DATA
    : Math.round(count).toLocaleString('en')
}

/** `1 task`, `1,240 tasks`. */
export function formatQuantity(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}

export function formatTokens(tokens: number | null | undefined): string {
  return formatCount(tokens)
}

/** `98%`, `under 1%`, `over 99%`: never rounds to a bare 0% or 100% what is not. Takes 0 to 1. */
export function formatShare(share: number | null | undefined): string {
  if (share === null || share === undefined || !Number.isFinite(share)) return NO_DATA
  if (share > 0 && share < 0.01) return 'under 1%'
  if (share < 1 && share > 0.99) return 'over 99%'
  return `${Math.round(share * 100)}%`
}

/** `850 B`, `12 kB`, `1.2 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`
  return `${trimmed((bytes / 1_000_000).toFixed(1))} MB`
}

/** `just now`, `12 s ago`, `5 min ago`, `in 3 h`, `2 d ago`; from a week on the date. Times are ISO or milliseconds. */
export function formatRelative(at: string | number, now: number, timeZone?: string): string {
  const time = new Date(at).getTime()
  const distance = Math.abs(now - time)
  if (distance < 2_000) return 'just now'
  if (distance >= 7 * 86_400_000) return formatDate(at, timeZone)
  const words =
    distance < 60_000
      ? `${Math.floor(distance / 1000)} s`
      : distance < 3_600_000
        ? `${Math.floor(distance / 60_000)} min`
        : distance < 86_400_000
          ? `${Math.floor(distance / 3_600_000)} h`
          : `${Math.floor(distance / 86_400_000)} d`
  return time > now ? `in ${words}` : `${words} ago`
}

/** `23 Nov 2026, 09:41:08.214`: the exact instant, for hover. */
export function formatInstant(at: string | number, timeZone?: string): string {
  const date = new Date(at)
  const time = date.toLocaleTimeString('en-GB', { ...CLOCK, second: '2-digit', fractionalSecondDigits: 3, timeZone })
  return `${formatDate(at, timeZone)}, ${time}`
}

/** How exact a moment is written; `short` fits a narrow column. */
export type MomentLook = 'minutes' | 'seconds' | 'short'

/**
 * `09:41` today, `22 Nov, 09:41` on another day, `22 Nov 2025, 09:41` in another year. `short` has seconds today and
 * only the date in another year.
 */
export function formatMoment(
  at: string | number,
  now: number,
  look: MomentLook = 'minutes',
  timeZone?: string,
): string {
  const day = formatDate(at, timeZone)
  const today = day === formatDate(now, timeZone)
  if (today) return formatClock(at, timeZone, look !== 'minutes')
  if (look === 'short' && !isYearOf(at, now, timeZone)) return day
  return `${formatDay(at, now, timeZone)}, ${formatClock(at, timeZone, look === 'seconds')}`
}

/** `22 Nov`, in another year `22 Nov 2025`. */
export function formatDay(at: string | number, now: number, timeZone?: string): string {
  if (!isYearOf(at, now, timeZone)) return formatDate(at, timeZone)
  return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone })
}

function isYearOf(at: string | number, now: number, timeZone?: string): boolean {
  const year = (time: string | number) => new Date(time).toLocaleDateString('en-GB', { year: 'numeric', timeZone })
  return year(at) === year(now)
}

/** `23 Nov 2026`. */
export function formatDate(at: string | number, timeZone?: string): string {
  return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone })
}

/** `09:41`, with seconds `09:41:08`. */
export function formatClock(at: string | number, timeZone?: string, seconds = false): string {
  return new Date(at).toLocaleTimeString('en-GB', { ...CLOCK, ...(seconds ? { second: '2-digit' } : {}), timeZone })
}

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

function pair(amount: number, base: number, big: string, small: string): string {
  const rest = amount % base
  return `${Math.floor(amount / base)} ${big}${rest === 0 ? '' : ` ${rest} ${small}`}`
}

function trimmed(decimal: string): string {
  return decimal.replace(/\.0$/, '')
}

const SPELLED = 'No One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve'.split(' ')

/** For the start of a headline: "Three", from thirteen on "13". */
export function spelled(count: number): string {
  return SPELLED[count] ?? count.toLocaleString('en')
}
