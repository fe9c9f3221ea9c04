'use client'

import { useMounted, useNow } from './clock.tsx'
import { formatClock, formatDateTime, formatInstant, formatRelative } from './format.ts'

/** `5 min ago`, with the exact instant in the viewer's zone on hover. `none` is shown for no time. */
export function RelativeTime({ at, none = 'never' }: { at: string | null; none?: string }) {
  if (at === null) return <span className="text-faint">{none}</span>
  return <Ticking at={at} />
}

/** A date and time in the viewer's zone (`clock`: the time alone). */
export function DateTime({ at, look = 'full' }: { at: string; look?: 'full' | 'clock' | 'seconds' }) {
  const zone = useViewerZone()
  const words = look === 'full' ? formatDateTime(at, zone) : formatClock(at, zone, look === 'seconds')
  return (
    <time dateTime={at} title={formatInstant(at, zone)} className="num">
      {words}
    </time>
  )
}

function Ticking({ at }: { at: string }) {
  const zone = useViewerZone()
  const now = useNow()
  return (
    <time dateTime={at} title={formatInstant(at, zone)} className="num whitespace-nowrap">
      {formatRelative(at, now, zone)}
    </time>
  )
}

/** UTC while hydrating, then the viewer's own zone. */
function useViewerZone(): string | undefined {
  return useMounted() ? undefined : 'UTC'
}
