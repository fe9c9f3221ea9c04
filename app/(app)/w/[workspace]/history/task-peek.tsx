'use client'

import { CalendarClock, Quote } from 'lucide-react'
import { ErrorState } from '#app/_ui/error-state.tsx'
import { formatDuration, formatQuantity } from '#app/_ui/format.ts'
import { Kbd } from '#app/_ui/kbd.tsx'
import { Note } from '#app/_ui/note.tsx'
import { Peek } from '#app/_ui/peek.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { Skeleton, SkeletonPage } from '#app/_ui/skeleton.tsx'
import { StatusBadge } from '#app/_ui/status-badge.tsx'
import type { TaskDetail, TaskSummary } from '#lib/tasks/shapes.ts'
import { BLOCK_REASON_TITLES } from '#lib/tasks/states.ts'
import { PeekHead } from './peek-head.tsx'
import { DigestView, InputExcerpt } from './peek-parts.tsx'
import type { PeekProps } from './peek-props.ts'
import { TaskBar, TaskCost, TaskTotal } from './task-values.tsx'

/** A task beside its list: what came of it and what can be done, without leaving the place. */
export function TaskPeek(props: PeekProps) {
  const { task, detail, error, readAt, place, onClose, onPrevious, onNext } = props
  return (
    <Peek
      label={`Preview of ${task.title}`}
      header={
        <>
          <StatusBadge status={task.status} reason={task.reason} />
          {place === null ? null : <span className="text-12 text-soft num ml-1.5">{place}</span>}
        </>
      }
      onClose={onClose}
      onPrevious={onPrevious}
      onNext={onNext}
    >
      <div className="flex flex-col gap-3">
        <PeekHead {...props} />
        <Times task={task} readAt={readAt} />
        <Facts task={task} detail={detail} />
        <Trouble task={task} detail={detail} />
        {error === null ? (
          detail === null ? (
            <PeekSkeleton />
          ) : (
            <>
              <Result detail={detail} href={props.href} />
              <section aria-label="Input">
                <h3 className="text-13">Input</h3>
                <InputExcerpt text={detail.input.text} result={detail.result} language={detail.info?.language} />
              </section>
            </>
          )
        ) : (
          <ErrorState title="The result could not be loaded">{error}</ErrorState>
        )}
      </div>
      <p className="flex items-center gap-3 mt-4 pt-3 border-t border-line text-12 text-soft max-xl:hidden" aria-hidden>
        <span className="inline-flex items-center gap-1">
          <Kbd>J</Kbd>
          <Kbd>K</Kbd> next, previous
        </span>
        <span className="inline-flex items-center gap-1">
          <Kbd>X</Kbd> select
        </span>
        <span className="inline-flex items-center gap-1">
          <Kbd>Esc</Kbd> close
        </span>
      </p>
    </Peek>
  )
}

function Times({ task, readAt }: { task: TaskSummary; readAt: number }) {
  return (
    <div>
      <p className="flex justify-between text-12 num">
        <span className="text-soft">
          <b className="font-medium text-ink">{formatDuration(task.waitedMs)}</b> waiting,{' '}
          <b className="font-medium text-ink">{formatDuration(task.workedMs)}</b> working
        </span>
        <span className="font-medium">
          <TaskTotal task={task} readAt={readAt} />
        </span>
      </p>
      <div className="mt-1.5 flex [&_.dur]:h-2.5">
        <TaskBar task={task} readAt={readAt} />
      </div>
    </div>
  )
}

function Facts({ task, detail }: { task: TaskSummary; detail: TaskDetail | null }) {
  const engine = detail?.info?.engine
  const facts = [
    ['Attempts', `${task.attemptsUsed} of ${task.maxAttempts}`],
    ['Cost', <TaskCost key="cost" task={task} />],
    [
      'Engine',
      engine === undefined
        ? 'not run yet'
        : engine.kind === 'rules'
          ? 'Built-in engine'
          : (engine.model ?? engine.name),
    ],
    ['Submitted', <DateTime key="at" at={task.createdAt} />],
    ['By', task.submittedBy?.name ?? 'Baton'],
    [
      'Priority',
      <span key="priority" className="inline-block first-letter:uppercase">
        {task.priority}
      </span>,
    ],
  ] as const
  return (
    <dl className="grid grid-cols-3 gap-x-3 gap-y-3 text-12">
      {facts.map(([name, value]) => (
        <div key={name} className="min-w-0">
          <dt className="text-soft">{name}</dt>
          <dd className="num font-medium truncate">{value}</dd>
        </div>
      ))}
      {task.dueAt ? (
        <div className="col-span-3 flex items-center gap-1.5 text-soft">
          <CalendarClock className="i-sm" aria-hidden />
          <dt>Due by</dt>
          <dd className="font-medium text-ink">
            <DateTime at={task.dueAt} />
          </dd>
        </div>
      ) : null}
    </dl>
  )
}

function Trouble({ task, detail }: { task: TaskSummary; detail: TaskDetail | null }) {
  if (task.status === 'failed' && task.error)
    return (
      <Note tone="failed" title={task.error.message}>
        {task.error.advice ?? 'Open the task to see its attempts, then retry it or replay it with other input.'}
      </Note>
    )
  if (task.status === 'blocked' && task.reason)
    return (
      <Note tone="blocked" title={BLOCK_REASON_TITLES[task.reason]}>
        {task.reason === 'needs_model'
          ? 'What is true without one is on the task’s page. Connect a model, then retry it.'
          : (task.error?.message ?? 'It goes on when that changes, or when you retry it.')}
      </Note>
    )
  if (task.status === 'pending' && detail?.queue)
    return (
      <Note tone="pending" title={detail.queue.why}>
        {detail.queue.position === null
          ? null
          : `Place ${detail.queue.position} in the queue${detail.queue.etaMs === null ? '' : `, starts in about ${formatDuration(detail.queue.etaMs)}`}.`}
      </Note>
    )
  return null
}

function Result({ detail, href }: { detail: TaskDetail; href: string }) {
  const quotes = detail.info?.evidence
  const total = (quotes?.found ?? 0) + (quotes?.missing ?? 0)
  const result = detail.result ?? detail.partial
  if (result === null || result === undefined) return null
  return (
    <section aria-label="Result">
      <div className="flex items-center gap-2">
        <h3 className="text-13">{detail.result === null ? 'What is known without a model' : 'Result'}</h3>
        {total === 0 ? null : (
          <span
            className={`ml-auto text-12 inline-flex items-center gap-1 font-medium ${quotes?.missing === 0 ? 'text-completed-fg' : 'text-blocked-fg'}`}
          >
            <Quote className="i-sm" aria-hidden />
            {quotes?.found} of {formatQuantity(total, 'quote')} found
          </span>
        )}
      </div>
      <DigestView worker={detail.worker} result={result} href={href} />
    </section>
  )
}

function PeekSkeleton() {
  return (
    <SkeletonPage className="grid gap-2" label="Loading the result">
      <Skeleton className="h-4 w-16" />
      <Skeleton className="h-3 w-full" />
      <Skeleton className="h-3 w-11/12" />
      <Skeleton className="h-3 w-4/5" />
      <Skeleton className="h-24 w-full mt-2" />
    </SkeletonPage>
  )
}
