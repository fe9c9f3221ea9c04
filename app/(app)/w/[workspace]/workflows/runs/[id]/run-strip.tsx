'use client'

import { ClockAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useNow } from '#app/_ui/clock.tsx'
import { formatCount, formatDuration, formatSeconds } from '#app/_ui/format.ts'
import { Money } from '#app/_ui/money.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'
import type { WorkerTimes } from '#lib/tasks/shapes.ts'
import type { RunBoard } from '#lib/workflows/shapes.ts'
import { useWorkerTimes } from '../../../tasks/new/use-worker-times.ts'
import { elapsedMs, progressOf } from '../../run-facts.ts'
import { StepMarks } from '../../runs-list.tsx'
import { promiseOf, type Remaining, remainingOf } from './steps/remaining-time.ts'
import { spentOf } from './steps/spent.ts'
import { countsOfSteps } from './steps/stack-counts.ts'
import { StateBar } from './steps/state-bar.tsx'

/** Beyond this many, marks of single steps are narrower than a finger's breadth of nothing. */
const MOST_MARKS = 24

type Props = { run: RunBoard; readAt: number; times: WorkerTimes[] }

/** Progress, end, cost and time in one line. */
export function RunStrip({ run, readAt, times }: Props) {
  const { ended, of, failed } = progressOf(run.steps)
  return (
    <dl className="panel mt-4 grid grid-cols-2 md:grid-cols-[1.5fr_1.1fr_1fr_1.1fr] md:divide-x divide-line">
      <Tile
        name="Progress"
        className="max-md:col-span-2 max-md:border-b border-line"
        value={
          <>
            {formatCount(ended)} <small>of {formatCount(of)} steps</small>
            <small className="ml-auto flex gap-3">
              {failed > 0 ? <span className="text-failed-fg">{formatCount(failed)} failed</span> : null}
              <ElapsedWords run={run} />
            </small>
          </>
        }
      >
        {of > MOST_MARKS ? <StateBar counts={countsOfSteps(run.steps)} /> : <StepMarks steps={run.steps} fill />}
      </Tile>
      {run.finishedAt === null ? (
        <ExpectedEnd run={run} readAt={readAt} start={times} />
      ) : (
        <Tile
          name="Ended"
          value={
            <>
              <DateTime at={run.finishedAt} look="seconds" />
              {run.dueAt !== null && Date.parse(run.finishedAt) > Date.parse(run.dueAt) ? (
                <DueBadge kind="late">Late</DueBadge>
              ) : null}
            </>
          }
        >
          {run.dueAt === null ? (
            <>
              started <DateTime at={run.createdAt} look="seconds" />
            </>
          ) : (
            <>
              due <DateTime at={run.dueAt} />
            </>
          )}
        </Tile>
      )}
      <Tile
        name={run.finishedAt === null ? 'Cost so far' : 'Cost'}
        className="max-md:border-l border-line"
        value={run.tokens === null ? '$0' : <Money micros={run.costMicros} />}
      >
        {run.tokens === null
          ? 'no model asked'
          : `${formatCount(run.tokens)} tokens${run.costMicros === null ? ', no price is set' : ''}`}
      </Tile>
      <Elapsed run={run} />
    </dl>
  )
}

type TileProps = { name: string; value: ReactNode; children: ReactNode; className?: string }

function Tile({ name, value, children, className = '' }: TileProps) {
  return (
    <div className={`tile ${className}`}>
      <dt>{name}</dt>
      <dd className="v flex items-baseline gap-1.5 flex-wrap">{value}</dd>
      <dd className="text-12 text-soft num min-w-0 truncate">{children}</dd>
    </div>
  )
}

function ExpectedEnd({ run, readAt, start }: { run: RunBoard; readAt: number; start: WorkerTimes[] }) {
  const { data: times } = useWorkerTimes(start)
  const now = useNow()
  const remaining = remainingOf(run.steps, times, { now, readAt })
  if (run.notBefore !== null && Date.parse(run.notBefore) > now)
    return (
      <Tile name="Begins" value={<DateTime at={run.notBefore} />}>
        {run.dueAt === null ? null : <Due at={run.dueAt} />}
        not before then
      </Tile>
    )
  const promise = promiseOf(run.dueAt, remaining, now)
  return (
    <Tile
      name="Expected end"
      value={
        <>
          {expectedWords(remaining)}
          {promise === 'late' ? <DueBadge kind="late">Late</DueBadge> : null}
          {promise === 'at_risk' ? <DueBadge kind="at_risk">At risk</DueBadge> : null}
        </>
      }
    >
      {run.dueAt === null ? null : <Due at={run.dueAt} />}
      {basisWords(remaining, now)}
    </Tile>
  )
}

function Due({ at }: { at: string }) {
  return (
    <>
      due <DateTime at={at} />,{' '}
    </>
  )
}

function DueBadge({ kind, children }: { kind: 'late' | 'at_risk'; children: ReactNode }) {
  return (
    <span className={`badge self-center ${kind === 'late' ? 's-failed' : 's-blocked'}`}>
      {kind === 'late' ? <TriangleAlert className="i-sm" aria-hidden /> : <ClockAlert className="i-sm" aria-hidden />}
      {children}
    </span>
  )
}

function expectedWords(remaining: Remaining): ReactNode {
  if (remaining.kind === 'expected') return remaining.ms < 1_000 ? 'in a moment' : `in about ${roughly(remaining.ms)}`
  if (remaining.kind === 'ended') return 'in a moment'
  return <span className="text-faint">{remaining.kind === 'held' ? 'held' : 'not known'}</span>
}

function basisWords(remaining: Remaining, now: number): ReactNode {
  switch (remaining.kind) {
    case 'expected':
      return (
        <>
          {remaining.ms > 60_000 ? (
            <>
              at <DateTime at={new Date(now + remaining.ms).toISOString()} />,{' '}
            </>
          ) : null}
          {remaining.until === null ? '' : `until ${remaining.until} waits, `}
          {remaining.own ? 'as this run’s steps took' : 'as such steps usually take'}
        </>
      )
    case 'held':
      return `${remaining.by} waits`
    case 'ended':
      return 'the last step has ended'
    case 'unknown':
      return 'no such step was measured yet'
  }
}

/** Whole seconds, from a minute on tens of them: an estimate that ticks claims too much. */
function roughly(ms: number): string {
  return formatSeconds(ms < 60_000 ? ms : Math.round(ms / 10_000) * 10_000)
}

/** Phones have no room for a tile of it. */
function ElapsedWords({ run }: { run: RunBoard }) {
  const elapsed = elapsedMs(run, useNow())
  return (
    <span className="md:hidden">
      {run.finishedAt === null ? `${formatSeconds(elapsed)} elapsed` : `took ${formatDuration(elapsed)}`}
    </span>
  )
}

function Elapsed({ run }: { run: RunBoard }) {
  const now = useNow()
  const spent = run.steps.map((step) => spentOf(step))
  const waited = spent.reduce((sum, { waitedMs }) => sum + waitedMs, 0)
  const worked = spent.reduce((sum, { workedMs }) => sum + workedMs, 0)
  const open = run.finishedAt === null
  const elapsed = elapsedMs(run, now)
  return (
    <Tile
      name={open ? 'Elapsed' : 'Took'}
      className="max-md:hidden"
      value={open ? formatSeconds(elapsed) : formatDuration(elapsed)}
    >
      <span className="flex items-center gap-2 min-w-0">
        <span className="dur flex-1 lg:max-w-20" aria-hidden>
          {waited > 0 ? <i className="hatch" style={{ flex: waited }} /> : null}
          {worked > 0 ? <i className="solid s-completed" style={{ flex: worked }} /> : null}
        </span>
        <span className="truncate md:max-lg:hidden">
          waited {formatDuration(waited)}, worked {formatDuration(worked)}
        </span>
      </span>
    </Tile>
  )
}
