'use client'

import { useNow } from '#app/_ui/clock.tsx'
import { formatDuration, formatSeconds } from '#app/_ui/format.ts'
import { timeAxis } from '#app/_ui/waterfall-scale.ts'
import type { BoardStep, RunBoard } from '#lib/workflows/shapes.ts'
import { stepWord } from '#lib/workflows/report/words.ts'
import { stepTone } from '../../../step-badge.tsx'
import { elapsedMs } from '../../../run-facts.ts'
import { StepIcon } from '#app/_ui/step-icon.tsx'
import { hasBegun, isOpen } from './spent.ts'
import { StepRows } from './step-rows.tsx'
import { type StepSpan, stepSpan } from './step-span.ts'

const ROW = 36
const COLUMNS =
  'grid items-center gap-x-3 px-4 md:px-5 xl:px-6 grid-cols-[minmax(0,9rem)_minmax(0,1fr)_4.5rem] md:grid-cols-[210px_minmax(0,1fr)_4.5rem]'

type Props = { run: RunBoard; readAt: number; selected: string | null; onSelect: (name: string) => void }

/** The steps on one time axis from the run's start: hatched while waiting for a slot, solid while working. */
export function RunWaterfall(props: Props) {
  return props.run.finishedAt === null ? <Ticking {...props} /> : <Still {...props} now={props.readAt} />
}

function Ticking(props: Props) {
  return <Still {...props} now={useNow()} />
}

function Still({ run, readAt, selected, onSelect, now }: Props & { now: number }) {
  const open = run.finishedAt === null
  const elapsed = Math.max(elapsedMs(run, now), lastEnd(run, now, readAt))
  const { endMs, stepMs, ticks } = timeAxis(elapsed, 5)
  const place = (ms: number) => Math.min(100, (ms / endMs) * 100)
  return (
    <div className="min-w-0">
      <div className={`sticky top-0 z-10 bg-sheet border-b border-line text-12 text-faint h-8 ${COLUMNS}`}>
        <span className="font-medium">Step</span>
        <span className="relative h-full num" aria-hidden>
          {ticks.map(({ atMs, label }, index) => (
            <span
              key={atMs}
              className={`absolute top-2 whitespace-nowrap ${index === 0 ? '' : '-translate-x-1/2'} ${open && Math.abs(place(elapsed) - place(atMs)) < 6 ? 'hidden' : ''}`}
              style={{ left: `${place(atMs)}%` }}
            >
              {label}
            </span>
          ))}
          {open ? (
            <span
              className="absolute top-2 -translate-x-1/2 text-accent-text font-medium"
              style={{ left: `${place(elapsed)}%` }}
            >
              now
            </span>
          ) : null}
        </span>
        <span className="font-medium text-right">Took</span>
      </div>
      <StepRows
        label="Steps on a time axis"
        steps={run.steps}
        rowHeight={ROW}
        selected={selected}
        onSelect={onSelect}
        className={COLUMNS}
        Row={Row}
        shared={{ run, now, readAt, endMs, stepMs, elapsedMs: elapsed }}
      />
    </div>
  )
}

type Shared = { run: RunBoard; now: number; readAt: number; endMs: number; stepMs: number; elapsedMs: number }

function Row({ step, shared }: { step: BoardStep; shared: Shared }) {
  const { run, now, readAt, endMs, stepMs, elapsedMs: elapsed } = shared
  const place = (ms: number) => Math.min(100, (ms / endMs) * 100)
  const span = stepSpan(step, run.createdAt, now, readAt)
  return (
    <>
      <span className="flex items-center gap-2 min-w-0">
        <StepIcon step={step} className="i text-faint" />
        <span className="font-medium truncate">{step.title}</span>
      </span>
      <span
        className="relative block h-full"
        style={{
          background: `repeating-linear-gradient(90deg,var(--grid) 0 1px,transparent 1px ${place(stepMs)}%)`,
        }}
      >
        <Bar step={step} span={span} place={place} />
        {run.finishedAt === null ? (
          <i className="absolute inset-y-0 w-px bg-accent" style={{ left: `${place(elapsed)}%` }} aria-hidden />
        ) : null}
      </span>
      <Took step={step} span={span} />
    </>
  )
}

function Bar({ step, span, place }: { step: BoardStep; span: StepSpan; place: (ms: number) => number }) {
  if (!hasBegun(step))
    return (
      <span className="absolute inset-y-0 left-1 flex items-center text-12 text-faint truncate max-w-full">
        {stepWord(step.status, step.reason)}
      </span>
    )
  const { fromMs, waitedMs, workedMs } = span
  const at = (from: number, ms: number) => ({ left: `${place(from)}%`, width: `max(2px, ${place(ms)}%)` })
  return (
    <>
      {waitedMs > 0 ? (
        <i className="hatch absolute top-3 h-3 rounded-xs" style={at(fromMs, waitedMs)} aria-hidden />
      ) : null}
      {workedMs > 0 ? (
        <i
          className={`solid ${stepTone(step.status)} absolute top-3 h-3 rounded-xs`}
          style={at(fromMs + waitedMs, workedMs)}
          aria-hidden
        />
      ) : null}
    </>
  )
}

function Took({ step, span: { waitedMs, workedMs } }: { step: BoardStep; span: StepSpan }) {
  const open = isOpen(step)
  const total = waitedMs + workedMs
  return (
    <span className="num text-12 text-soft text-right whitespace-nowrap">
      {!hasBegun(step) ? null : open ? formatSeconds(total) : formatDuration(total)}
      <span className="sr">
        {!hasBegun(step)
          ? ''
          : `, ${stepWord(step.status, step.reason)}, waited ${formatDuration(waitedMs)}, worked ${formatDuration(workedMs)}`}
      </span>
    </span>
  )
}

function lastEnd(run: RunBoard, now: number, readAt: number): number {
  let last = 0
  for (const step of run.steps) {
    const { fromMs, waitedMs, workedMs } = stepSpan(step, run.createdAt, now, readAt)
    last = Math.max(last, fromMs + waitedMs + workedMs)
  }
  return last
}
