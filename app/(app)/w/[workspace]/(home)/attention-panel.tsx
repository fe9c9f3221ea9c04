'use client'

import { CirclePause, CircleX, Unplug, UserCheck } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Button, ButtonLink } from '#app/_ui/button.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { RelativeTime } from '#app/_ui/relative-time.tsx'
import type { AwaitedDecision } from '#lib/workflows/awaited.ts'
import type { Need } from './headline.ts'

type Props = {
  needs: readonly Need[]
  state: { modelOn: boolean }
  titleOf: (worker: string) => string
  path: (rest?: string) => string
  reasons: { retry: string | null }
  busy: string | null
  onRetry: (need: Need) => void
}

/** Failures of a day by cause, and what is blocked: each with what can be done about all of it at once. */
export function AttentionPanel(props: Props) {
  return (
    <Panel title="Needs attention" count={props.needs.length}>
      <ul>
        {props.needs.map((need) => (
          <li
            key={keyOf(need)}
            className="flex flex-wrap items-center gap-x-3 gap-y-2 px-3.5 py-3 border-t border-line first:border-t-0"
          >
            <Entry need={need} {...props} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

export function keyOf(need: Need): string {
  if (need.kind === 'no_worker' || need.kind === 'decision') return need.kind
  return need.kind === 'failed' ? `${need.group.worker} ${need.group.code}` : need.group.reason
}

function Entry({ need, state, titleOf, path, reasons, busy, onRetry }: Props & { need: Need }) {
  if (need.kind === 'no_worker')
    return (
      <Line
        icon={<Unplug className="i" aria-hidden />}
        tone="s-failed"
        word="failed"
        title={need.title}
        href={path('/workers')}
        note="Tasks are accepted and kept. They start by themselves when a worker process appears."
        actions={
          <ButtonLink size="sm" href={path('/workers')}>
            Start one
          </ButtonLink>
        }
      />
    )
  if (need.kind === 'decision') {
    const [oldest] = need.oldest
    if (!oldest) return null
    const hrefOf = ({ runId, step }: AwaitedDecision) => path(`/workflows/runs/${runId}?view=list&step=${step}`)
    const href = hrefOf(oldest)
    const words = need.count === 1 ? 'Decide' : 'Decide the oldest'
    return (
      <Line
        icon={<UserCheck className="i" aria-hidden />}
        tone="s-pending"
        word="waits for you"
        title={need.title}
        href={href}
        note={
          need.count === 1 ? (
            <AskedSince decision={oldest} />
          ) : (
            <ul className="grid gap-0.5">
              {need.oldest.map((decision) => (
                <li key={`${decision.runId} ${decision.step}`}>
                  <Link href={hrefOf(decision) as Route} className="link">
                    {decision.question}
                  </Link>{' '}
                  <AskedSince decision={decision} />
                </li>
              ))}
              {need.count > need.oldest.length && (
                <li>{(need.count - need.oldest.length).toLocaleString('en')} more come here when these are decided.</li>
              )}
            </ul>
          )
        }
        actions={
          <ButtonLink size="sm" href={href} aria-label={`${words}: ${oldest.question}`}>
            {words}
          </ButtonLink>
        }
      />
    )
  }
  const retry = (words: string) => (
    <Button
      size="sm"
      busy={busy === keyOf(need)}
      disabledReason={reasons.retry}
      onClick={() => onRetry(need)}
      aria-label={`${words}: ${need.title}`}
    >
      {words}
    </Button>
  )
  const { count } = need.group
  const all = count === 1 ? 'Retry' : `Retry all ${count.toLocaleString('en')}`
  if (need.kind === 'failed') {
    const { worker, newest, acceptedFrom, firstAt, lastAt } = need.group
    // The list cannot be narrowed to one cause: the link says that it is the worker's.
    const href =
      count === 1
        ? path(`/tasks/${newest.id}`)
        : path(`/history?status=failed&worker=${worker}&from=${encodeURIComponent(acceptedFrom)}`)
    const open = count === 1 ? 'Open' : `Failed in ${titleOf(worker)}`
    return (
      <Line
        icon={<CircleX className="i" aria-hidden />}
        tone="s-failed"
        word="failed"
        title={need.title}
        href={href}
        note={
          <>
            {titleOf(worker)} · {count === 1 ? newest.title : <Span from={firstAt} to={lastAt} />}
          </>
        }
        actions={
          <>
            {retry(all)}
            <ButtonLink kind="ghost" size="sm" href={href} aria-label={`${open}: ${need.title}`}>
              {open}
            </ButtonLink>
          </>
        }
      />
    )
  }
  const { reason, workers, newestId, sinceAt } = need.group
  const connect = reason === 'needs_model' && !state.modelOn
  const href = count === 1 ? path(`/tasks/${newestId}`) : path('/history?status=blocked&range=all')
  return (
    <Line
      icon={<CirclePause className="i" aria-hidden />}
      tone="s-blocked"
      word="blocked"
      title={need.title}
      href={href}
      note={
        connect ? (
          'The built-in engine cannot do this part. Connect a model, then send them back to the queue.'
        ) : (
          <>
            {workers.map(titleOf).join(', ')} · since <RelativeTime at={sinceAt} />
          </>
        )
      }
      actions={
        <>
          {connect ? (
            <ButtonLink size="sm" href="/setup">
              Connect a model
            </ButtonLink>
          ) : (
            retry(all)
          )}
          <ButtonLink kind="ghost" size="sm" href={href} aria-label={`Open: ${need.title}`}>
            Open
          </ButtonLink>
        </>
      }
    />
  )
}

function AskedSince({ decision: { title, sinceAt } }: { decision: AwaitedDecision }) {
  return (
    <>
      {title} · since <RelativeTime at={sinceAt} />
    </>
  )
}

function Span({ from, to }: { from: string; to: string }) {
  return (
    <span>
      first <DateTime at={from} />, last <DateTime at={to} />
    </span>
  )
}

function Line({
  icon,
  tone,
  word,
  title,
  href,
  note,
  actions,
}: {
  icon: ReactNode
  tone: string
  word: string
  title: string
  href: string
  note: ReactNode
  actions: ReactNode
}) {
  return (
    <>
      <div className="flex items-start gap-2 min-w-0 flex-1 basis-64">
        <span className={`st ${tone} h-5`}>
          {icon}
          <span className="sr">{word}</span>
        </span>
        <div className="min-w-0">
          <Link href={href as Route} className="row-a [overflow-wrap:anywhere]">
            {title}
          </Link>
          <div className="text-soft text-12 mt-0.5 [overflow-wrap:anywhere]">{note}</div>
        </div>
      </div>
      <div className="flex flex-wrap gap-1.5 max-md:pl-6">{actions}</div>
    </>
  )
}
