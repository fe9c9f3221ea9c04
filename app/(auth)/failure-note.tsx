'use client'

import { CircleX, TimerReset, WifiOff } from 'lucide-react'
import type { ActionError } from '#app/_server/action.ts'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { useNow } from '#app/_ui/clock.tsx'
import { formatSeconds } from '#app/_ui/format.ts'
import { Note } from '#app/_ui/note.tsx'

const RETRY_MS = 5_000

export type Failure =
  | { kind: 'wrong'; triesLeft: number }
  | { kind: 'paused'; until: number }
  | { kind: 'offline'; retryAt: number }
  | { kind: 'other'; error: ActionError }

export function failureOf(error: ActionError): Failure {
  if (error.code === 'no_answer') return { kind: 'offline', retryAt: Date.now() + RETRY_MS }
  if (error.code === 'rate_limited') return { kind: 'paused', until: Date.now() + (error.retryAfterMs ?? 60_000) }
  return { kind: 'other', error }
}

/** Stands above the first field and is read out once, when it appears. */
export function FailureNote({ failure }: { failure: Failure | null }) {
  if (!failure) return null
  if (failure.kind === 'wrong')
    return (
      <Note tone="failed" alert icon={<CircleX className="i" aria-hidden />} title="Email or password is wrong">
        {failure.triesLeft > 3
          ? 'Check both and try again.'
          : failure.triesLeft === 0
            ? 'That was the last try for the next five minutes.'
            : `Check both. ${failure.triesLeft} ${failure.triesLeft === 1 ? 'try' : 'tries'} left, then five minutes of pause.`}
      </Note>
    )
  if (failure.kind === 'paused')
    return (
      <Note tone="blocked" alert icon={<TimerReset className="i" aria-hidden />} title="Too many tries">
        <Countdown until={failure.until} before="Try again in " after="." over="You can try again now." />
      </Note>
    )
  if (failure.kind === 'offline')
    return (
      <Note tone="plain" alert icon={<WifiOff className="i" aria-hidden />} title="Baton cannot be reached">
        What you typed stays here.{' '}
        <Countdown until={failure.retryAt} before="Trying again in " after="." over="Trying again." />
      </Note>
    )
  return <ActionNote error={failure.error} />
}

/** Ticks for the eye; a screen reader hears the time once. */
function Countdown({ until, before, after, over }: { until: number; before: string; after: string; over: string }) {
  const left = until - useNow()
  const words = left <= 0 ? over : `${before}${formatSeconds(Math.ceil(left / 1000) * 1000)}${after}`
  return <span aria-live="off">{words}</span>
}
