'use client'

import { KeyRound } from 'lucide-react'
import { useNow } from '#app/_ui/clock.tsx'
import { DurationBar } from '#app/_ui/duration-bar.tsx'
import { formatCount, formatDuration } from '#app/_ui/format.ts'
import { formatMoney } from '#lib/money.ts'
import type { TaskSummary } from '#lib/tasks/shapes.ts'
import { isTerminal } from '#lib/tasks/states.ts'
import { splitMatches, timesAt } from './rows.ts'

/** The words of the search underlined in a text. */
export function Matches({ text, search }: { text: string; search: string }) {
  const parts = splitMatches(text, search)
  if (parts.length === 1) return text
  return parts.map((part, index) =>
    index % 2 === 1 ? (
      // oxlint-disable-next-line react/no-array-index-key -- parts have no identity but their place
      <mark
        key={index}
        className="bg-transparent text-inherit underline decoration-accent decoration-2 underline-offset-3"
      >
        {part}
      </mark>
    ) : (
      part
    ),
  )
}

/** The bar; an open task's goes on growing. */
export function TaskBar({ task, readAt, scaleMs }: { task: TaskSummary; readAt: number; scaleMs?: number }) {
  if (isTerminal(task.status)) return <DurationBar {...task} scaleMs={scaleMs} />
  return <TickingBar task={task} readAt={readAt} scaleMs={scaleMs} />
}

export function TaskTotal({ task, readAt }: { task: TaskSummary; readAt: number }) {
  if (isTerminal(task.status)) return formatDuration(task.waitedMs + task.workedMs)
  return <TickingTotal task={task} readAt={readAt} />
}

function TickingBar({ task, readAt, scaleMs }: { task: TaskSummary; readAt: number; scaleMs?: number }) {
  const now = useNow()
  return <DurationBar status={task.status} {...timesAt(task, readAt, now)} scaleMs={scaleMs} />
}

function TickingTotal({ task, readAt }: { task: TaskSummary; readAt: number }) {
  const now = useNow()
  const { waitedMs, workedMs } = timesAt(task, readAt, now)
  return formatDuration(waitedMs + workedMs)
}

/** Nothing is spent without a model call; a call without a price is unpriced, never $0. */
export function TaskCost({ task }: { task: TaskSummary }) {
  if (task.tokens === null && task.costMicros === null)
    return (
      <span className="text-faint" title="No model call">
        none
      </span>
    )
  if (task.costMicros === null)
    return (
      <span className="text-blocked-fg" title="This model has no price yet">
        unpriced
      </span>
    )
  return formatMoney(task.costMicros)
}

export function TaskTokens({ task }: { task: TaskSummary }) {
  if (task.tokens === null)
    return (
      <span className="text-faint" title="No model call">
        none
      </span>
    )
  return formatCount(task.tokens)
}

/** Initials of a member, a key for an API key; the name for screen readers and on hover. */
export function Who({ by }: { by: TaskSummary['submittedBy'] }) {
  if (by === null)
    return (
      <span className="text-faint" title="Submitted by Baton itself or by someone who has left">
        –<span className="sr">nobody here</span>
      </span>
    )
  if (by.kind === 'key')
    return (
      <span
        className="inline-grid size-6 place-items-center rounded-sm border border-line bg-well text-soft align-middle"
        title={`API key ${by.name}`}
      >
        <KeyRound className="i-sm" aria-hidden />
        <span className="sr">API key {by.name}</span>
      </span>
    )
  return (
    <span
      className="inline-grid size-6 place-items-center rounded-full bg-accent-soft text-accent-text text-[11px] font-semibold align-middle"
      title={by.name}
    >
      <span aria-hidden>{initialsOf(by.name)}</span>
      <span className="sr">{by.name}</span>
    </span>
  )
}

function initialsOf(name: string): string {
  const words = name.split(/[\s@.]+/).filter(Boolean)
  return ((words[0]?.[0] ?? '?') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase()
}
