'use client'

import { CloudOff, LoaderCircle, Pause } from 'lucide-react'
import { useMounted, useNow } from './clock.tsx'
import { formatClock, formatDuration } from './format.ts'

export type LiveState =
  | { kind: 'live' }
  | { kind: 'paused'; lastAt: number }
  | { kind: 'reconnecting'; retryAt: number }
  | { kind: 'offline'; since: number }

/** Whether what is shown is current, and how old it is if not. Pressing it pauses and resumes. */
export function LivePill({ state, onToggle }: { state: LiveState; onToggle?: () => void }) {
  const now = useNow()
  const zone = useMounted() ? undefined : 'UTC'
  if (state.kind === 'live')
    return (
      <button type="button" className="live" aria-pressed="true" onClick={onToggle} title="Pause live updates">
        Live
      </button>
    )
  if (state.kind === 'paused')
    return (
      <button
        type="button"
        className="live before:hidden"
        aria-pressed="false"
        onClick={onToggle}
        title="Resume live updates"
      >
        <Pause className="i-sm" aria-hidden />
        Paused, {formatDuration(wholeSeconds(now - state.lastAt))} old
      </button>
    )
  if (state.kind === 'reconnecting')
    return (
      <span className="live before:hidden s-blocked">
        <LoaderCircle className="i-sm spin" aria-hidden />
        Reconnecting, {formatDuration(wholeSeconds(state.retryAt - now))}
      </span>
    )
  return (
    <span className="live before:hidden s-failed">
      <CloudOff className="i-sm" aria-hidden />
      Offline since {formatClock(state.since, zone)}
    </span>
  )
}

function wholeSeconds(ms: number): number {
  return Math.max(0, Math.floor(ms / 1000)) * 1000
}
