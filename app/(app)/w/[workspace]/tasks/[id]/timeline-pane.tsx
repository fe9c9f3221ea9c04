'use client'

import { Ban, CircleCheck, CircleDashed, CirclePause, CircleX, Clock, Cpu, LoaderCircle } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { CopyButton } from '#app/_ui/copy-button.tsx'
import { formatCount, formatDuration, formatQuantity } from '#app/_ui/format.ts'
import { Money } from '#app/_ui/money.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { Waterfall, WaterfallLegend } from '#app/_ui/waterfall.tsx'
import type { Attempt, Call, TaskDetail } from '#lib/tasks/shapes.ts'
import type { AttemptOutcome } from '#lib/tasks/states.ts'
import { OUTCOME_WORDS, type Timeline, type TimelineRow } from './timeline.ts'

export function TimelinePane({
  task,
  timeline,
  all,
  onAll,
}: {
  task: TaskDetail
  timeline: Timeline
  all: boolean
  onAll: (all: boolean) => void
}) {
  const [selected, setSelected] = useState<string | null>(null)
  const row = timeline.rows.find((candidate) => candidate.id === selected)
  return (
    <>
      <div className="flex items-center gap-2 h-11 px-4 md:px-5 xl:px-6 border-b border-line max-md:hidden">
        <h2 className="text-13">Timeline</h2>
        <span className="ml-auto">
          <WaterfallLegend />
        </span>
      </div>
      <div className="pb-1">
        <Waterfall
          rows={timeline.rows.map((item) => ({ ...item, icon: rowIcon(item) }))}
          nowMs={timeline.nowMs}
          caption={`Steps of this task over ${formatDuration(timeline.waitedMs + timeline.workedMs)}.`}
          selected={selected}
          onSelect={setSelected}
        />
        {timeline.earlierAttempts > 0 || all ? (
          <p className="px-4 md:px-5 xl:px-6 pt-1">
            <Button size="sm" kind="ghost" onClick={() => onAll(!all)}>
              {all
                ? 'Show only the time since the last retry'
                : `Show ${formatQuantity(timeline.earlierAttempts, 'earlier attempt')} too`}
            </Button>
          </p>
        ) : null}
      </div>
      {row ? <RowDetail row={row} task={task} /> : null}
    </>
  )
}

function RowDetail({ row, task }: { row: TimelineRow; task: TaskDetail }) {
  if (row.of.kind === 'attempt') return <AttemptDetail row={row} attempt={row.of.attempt} />
  if (row.of.kind === 'call') return <CallDetail row={row} call={row.of.call} />
  return (
    <DetailBox title={row.label} note={row.words}>
      {row.of.kind === 'next'
        ? 'It begins as soon as a slot is free.'
        : (task.queue?.why ?? 'No work was done in this time.')}
    </DetailBox>
  )
}

function AttemptDetail({ row, attempt }: { row: TimelineRow; attempt: Attempt }) {
  return (
    <DetailBox title={row.label} note={attempt.outcome === null ? 'running' : OUTCOME_WORDS[attempt.outcome]}>
      <Facts
        rows={[
          ['Started', <DateTime key="t" at={attempt.startedAt} look="seconds" />],
          [
            'Engine',
            attempt.engine === 'rules' ? 'Built-in engine' : attempt.engine === 'model' ? 'AI model' : 'not said',
          ],
          ['Process', attempt.processId === null ? 'not known' : `number ${attempt.processId}`],
        ]}
      />
      {attempt.error ? <p className="mt-1.5 text-failed-fg [overflow-wrap:anywhere]">{attempt.error.message}</p> : null}
    </DetailBox>
  )
}

function CallDetail({ row, call }: { row: TimelineRow; call: Call }) {
  return (
    <DetailBox title={row.label} note={`${call.model} @ ${call.endpointHost}`}>
      <Facts
        rows={[
          ['Tokens in', formatCount(call.inputTokens)],
          ['of these cached', formatCount(call.cachedTokens)],
          ['Tokens out', formatCount(call.outputTokens)],
          ['Cost', <Money key="m" micros={call.costMicros} />],
          ['Asked as', call.mode.replace('_', ' ')],
        ]}
      />
      {call.requestId ? (
        <p className="mt-1.5 flex items-center gap-1 min-w-0">
          <span className="text-soft">Request</span> <span className="mono truncate">{call.requestId}</span>
          <CopyButton text={call.requestId} label="Copy the request id" />
        </p>
      ) : null}
      {call.error ? <p className="mt-1.5 text-failed-fg [overflow-wrap:anywhere]">{call.error.message}</p> : null}
    </DetailBox>
  )
}

function DetailBox({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <section className="border-t border-line bg-well px-4 md:px-5 xl:px-6 py-3.5 text-12" aria-label={title}>
      <h3 className="text-13 flex flex-wrap items-baseline gap-x-2 mb-1.5">
        {title} <span className="text-12 text-soft font-normal">{note}</span>
      </h3>
      {children}
    </section>
  )
}

function Facts({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-2 md:grid-cols-3 gap-x-4 gap-y-1.5">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt className="text-soft">{name}</dt>
          <dd className="font-medium num">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const OUTCOME_ICONS: Record<AttemptOutcome, ReactNode> = {
  completed: <CircleCheck className="i-sm shrink-0 text-completed-fg" aria-hidden />,
  failed: <CircleX className="i-sm shrink-0 text-failed-fg" aria-hidden />,
  lost: <CircleX className="i-sm shrink-0 text-failed-fg" aria-hidden />,
  blocked: <CirclePause className="i-sm shrink-0 text-blocked-fg" aria-hidden />,
  rate_limited: <CirclePause className="i-sm shrink-0 text-blocked-fg" aria-hidden />,
  cancelled: <Ban className="i-sm shrink-0 text-cancelled-fg" aria-hidden />,
  drained: <Ban className="i-sm shrink-0 text-cancelled-fg" aria-hidden />,
}

function rowIcon({ of }: TimelineRow): ReactNode {
  if (of.kind === 'wait') return <Clock className="i-sm shrink-0 text-faint" aria-hidden />
  if (of.kind === 'next') return <CircleDashed className="i-sm shrink-0 text-faint" aria-hidden />
  if (of.kind === 'call')
    return (
      <Cpu className={`i-sm shrink-0 ${of.call.state === 'failed' ? 'text-failed-fg' : 'text-faint'}`} aria-hidden />
    )
  if (of.attempt.outcome === null) return <LoaderCircle className="i-sm shrink-0 spin text-progress-fg" aria-hidden />
  return OUTCOME_ICONS[of.attempt.outcome]
}
