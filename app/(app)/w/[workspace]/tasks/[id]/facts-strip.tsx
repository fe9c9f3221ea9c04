'use client'

import { CircleCheck, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useNow } from '#app/_ui/clock.tsx'
import { Fact } from '#app/_ui/fact.tsx'
import { formatCount, formatDuration, formatQuantity } from '#app/_ui/format.ts'
import { Money } from '#app/_ui/money.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { statusClass } from '#app/_ui/status-badge.tsx'
import type { TaskDetail } from '#lib/tasks/shapes.ts'
import { COUNTED_OUTCOMES, isTerminal } from '#lib/tasks/states.ts'
import type { Timeline } from './timeline.ts'

/** Time, attempts, tokens, cost, engine and promise in one line. */
export function FactsStrip({ task, timeline }: { task: TaskDetail; timeline: Timeline }) {
  return (
    <dl className="mt-4 grid grid-cols-2 md:grid-cols-5 xl:grid-cols-[minmax(0,1.9fr)_repeat(5,minmax(0,1fr))] gap-px bg-line border border-line rounded-lg overflow-hidden">
      <TimeFact task={task} timeline={timeline} />
      <AttemptFact task={task} />
      <TokenFact task={task} />
      <Fact
        name="Cost"
        value={
          task.calls.length > 0 ? <Money micros={task.costMicros} /> : mayAsk(task) ? <Faint>none yet</Faint> : '$0'
        }
        note={
          task.calls.length > 0 ? (task.costMicros === null ? 'no price is set' : 'of all calls') : 'no model asked'
        }
      />
      <EngineFact task={task} />
      <DueFact task={task} />
    </dl>
  )
}

function TimeFact({ task, timeline }: { task: TaskDetail; timeline: Timeline }) {
  const { rows, nowMs, waitedMs, workedMs } = timeline
  const top = rows.filter((row) => row.parent === undefined)
  return (
    <div className="px-3.5 py-2.5 bg-sheet col-span-2 md:col-span-5 xl:col-span-1 min-w-0">
      <dt className="text-12 text-soft flex justify-between gap-2">
        <span>Waited, worked</span>
        <span className="num text-ink font-medium">
          {formatDuration(waitedMs + workedMs)} {nowMs === null ? 'in all' : 'so far'}
        </span>
      </dt>
      <dd className="mt-2">
        <span className="sr">{top.map((row) => row.words).join('; ')}</span>
        <span className="flex h-2.5 gap-px" aria-hidden>
          {top.map((row) => (
            <i
              key={row.id}
              className={`rounded-xs min-w-0.5 ${row.kind === 'waiting' ? 'hatch' : row.kind === 'working' ? `solid ${row.tone ?? ''}` : 'outline-bar'}`}
              style={{ flex: Math.max(1, (row.endMs ?? nowMs ?? row.startMs) - row.startMs) }}
            />
          ))}
        </span>
        <span className="flex flex-wrap gap-x-3 mt-1.5 text-12 num">
          <span className="inline-flex items-center gap-1.5 text-soft">
            <i className="hatch w-3 h-2 rounded-xs" aria-hidden />
            <b className="font-medium text-ink">{formatDuration(waitedMs)}</b>
            waiting
          </span>
          <span className="inline-flex items-center gap-1.5 text-soft">
            <i className={`solid ${statusClass(task.status)} w-3 h-2 rounded-xs`} aria-hidden />
            <b className="font-medium text-ink">{formatDuration(workedMs)}</b>
            working
          </span>
        </span>
      </dd>
    </div>
  )
}

function AttemptFact({ task }: { task: TaskDetail }) {
  const running = task.status === 'in_progress' ? 1 : 0
  const counted = task.attempts.filter(
    ({ outcome }) => outcome !== null && (COUNTED_OUTCOMES as readonly string[]).includes(outcome),
  )
  const recent = counted.slice(-task.attemptsUsed || counted.length)
  const failed = task.attempts.filter(({ outcome }) => outcome === 'failed').length
  const other = task.attempts.length - counted.length - running
  const note = [failed > 0 ? `${failed} failed` : '', other > 0 ? `${other} not counted` : ''].filter(Boolean)
  return (
    <Fact
      name="Attempt"
      value={
        <>
          {task.attemptsUsed + running} of {task.maxAttempts}
          <span className="inline-flex gap-0.5 ml-0.5 max-xl:hidden min-[87.5rem]:inline-flex" aria-hidden>
            {Array.from({ length: task.maxAttempts }, (_, index) => {
              const outcome = index < task.attemptsUsed ? recent[index]?.outcome : undefined
              const look =
                outcome === undefined
                  ? index === task.attemptsUsed && running
                    ? 'solid s-progress'
                    : 'outline-bar'
                  : `solid ${outcome === 'failed' ? 's-failed' : 's-completed'}`
              return <i key={index} className={`${look} w-2.5 h-2.5 rounded-xs`} />
            })}
          </span>
        </>
      }
      note={note.length > 0 ? note.join(', ') : 'none failed'}
    />
  )
}

function TokenFact({ task }: { task: TaskDetail }) {
  const sum = (key: 'inputTokens' | 'outputTokens') => task.calls.reduce((total, call) => total + (call[key] ?? 0), 0)
  const estimated = task.calls.some((call) => call.estimated)
  return (
    <Fact
      name="Tokens"
      value={task.tokens === null ? <Faint>{mayAsk(task) ? 'none yet' : 'none'}</Faint> : formatCount(task.tokens)}
      note={
        task.tokens === null
          ? task.calls.length === 0
            ? 'no model asked'
            : 'not reported'
          : `${formatCount(sum('inputTokens'))} in, ${formatCount(sum('outputTokens'))} out${estimated ? ', estimated' : ''}`
      }
    />
  )
}

function EngineFact({ task }: { task: TaskDetail }) {
  const call = task.calls.at(-1)
  const engine = task.info?.engine
  if (call || engine?.kind === 'model')
    return (
      <Fact
        name="Model"
        value={
          <span className="font-mono text-14 tracking-tight leading-6 truncate">
            {call?.model ?? engine?.model ?? engine?.name}
          </span>
        }
        note={`${call?.endpointHost ?? engine?.endpointHost ?? ''}, ${formatQuantity(task.calls.length, 'call')}`}
      />
    )
  if (engine || (task.attempts.at(-1)?.engine ?? task.engine) === 'rules')
    return <Fact name="Engine" value="Built-in engine" note="rules, no AI model" />
  const asked = { auto: 'Automatic', rules: 'Built-in engine', model: 'AI model' }[task.engine]
  return <Fact name="Engine" value={asked} note="as asked for" />
}

function DueFact({ task }: { task: TaskDetail }) {
  const now = useNow()
  if (task.dueAt === null)
    return (
      <Fact
        className="max-md:col-span-2"
        name="Priority"
        value={task.priority.slice(0, 1).toUpperCase() + task.priority.slice(1)}
        note="no due time"
      />
    )
  const due = new Date(task.dueAt).getTime()
  const end = task.finishedAt === null ? now : new Date(task.finishedAt).getTime()
  const late = end > due
  const distance = formatDuration(Math.abs(end - due))
  const words =
    task.finishedAt === null
      ? late
        ? `late by ${distance}`
        : `${distance} left`
      : `${distance} ${late ? 'late' : 'early'}`
  return (
    <Fact
      className="max-md:col-span-2"
      name="Due by"
      value={
        <span
          className={`inline-flex items-center gap-1.5 ${late ? 'text-failed-fg' : task.finishedAt ? 'text-completed-fg' : ''}`}
        >
          {late ? (
            <TriangleAlert className="i" aria-hidden />
          ) : task.finishedAt ? (
            <CircleCheck className="i" aria-hidden />
          ) : null}
          {late ? 'Missed' : task.finishedAt ? 'Kept' : 'On time'}
        </span>
      }
      note={
        <>
          <span>{words}</span>, due <DateTime at={task.dueAt} />
        </>
      }
    />
  )
}

/** An open task may still ask a model, unless rules are what it asked for. */
function mayAsk({ status, engine }: TaskDetail): boolean {
  return !isTerminal(status) && engine !== 'rules'
}

function Faint({ children }: { children: ReactNode }) {
  return <span className="text-faint">{children}</span>
}
