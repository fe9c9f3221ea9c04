'use client'

import { CloudOff, LoaderCircle, Pause } from 'lucide-react'
import { useNow } from './clock.tsx'
import { formatDuration } from './format.ts'
import { useLive } from './live.tsx'

/** Whether what is shown is current, and how old it is if not. Pressing it pauses and resumes. */
export function LivePill() {
  const live = useLive()
  const now = useNow()
  if (live.status === 'live')
    return (
      <button type="button" className="live" aria-pressed="true" onClick={live.pause} title="Pause live updates">
        Live
      </button>
    )
  if (live.status === 'paused')
    return (
      <button
        type="button"
        className="live before:hidden"
        aria-pressed="false"
        onClick={live.resume}
        title="Resume live updates"
      >
        <Pause className="i-sm" aria-hidden />
        Paused{live.lastUpdateAt === null ? '' : `, ${formatDuration(wholeSeconds(now - live.lastUpdateAt))} old`}
      </button>
    )
  if (live.status === 'ended')
    return (
      <button
        type="button"
        className="live before:hidden s-failed"
        onClick={() => window.location.reload()}
        title="The server ended the live updates. Press to load the page again."
      >
        <CloudOff className="i-sm" aria-hidden />
        Not live, reload
      </button>
    )
  if (live.status === 'reconnecting')
    return (
      <span className="live before:hidden s-blocked">
        <LoaderCircle className="i-sm spin" aria-hidden />
        Reconnecting{live.retryInSeconds ? `, ${live.retryInSeconds} s` : ''}
      </span>
    )
  return <span className="live before:bg-faint! before:shadow-none!">Connecting</span>
}

function wholeSeconds(ms: number): number {
  return Math.max(0, Math.floor(ms / 1000)) * 1000
}
