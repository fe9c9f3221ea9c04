'use client'

import { useMounted, useNow } from './clock.tsx'
import { formatInstant, formatMoment, formatRelative, type MomentLook } from './format.ts'

/** `5 min ago`, with the exact instant in the viewer's zone on hover. `none` is shown for no time. */
export function RelativeTime({ at, none = 'never' }: { at: string | null; none?: string }) {
  if (at === null) return <span className="text-faint">{none}</span>
  return <Ticking at={at} />
}

/** A time in the viewer's zone, with its date where that is not today; the exact instant on hover. */
export function DateTime({ at, look }: { at: string; look?: MomentLook }) {
  const zone = useViewerZone()
  const now = useNow('minute')
  return (
    <time dateTime={at} title={formatInstant(at, zone)} className="num whitespace-nowrap">
      {formatMoment(at, now, look, zone)}
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
