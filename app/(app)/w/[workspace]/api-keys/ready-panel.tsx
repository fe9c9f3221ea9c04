'use client'

import { Check, CircleCheck, CircleDashed, CircleX, Clock, EyeOff, KeyRound } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { CodeBlock } from '#app/_ui/code-block.tsx'
import { CopyButton } from '#app/_ui/copy-button.tsx'
import { formatDuration, formatSeconds } from '#app/_ui/format.ts'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { statusWord } from '#app/_ui/status-badge.tsx'
import { useNow } from '#app/_ui/clock.tsx'
import type { ApiKey } from '#lib/access/keys.ts'
import type { TaskSummary } from '#lib/tasks/shapes.ts'
import { isTerminal } from '#lib/tasks/states.ts'
import { refusalOf, type Step, stepsOf } from './first-call.ts'
import { SCOPES } from './new-key-form.tsx'

/** The secret, shown once, with a call to try and what became of it. */
export function ReadyPanel({
  apiKey,
  secret,
  curl,
  firstTask,
  hrefOfTask,
  onStored,
}: {
  apiKey: ApiKey
  secret: string
  curl: string
  firstTask: TaskSummary | null
  hrefOfTask: (id: string) => string
  onStored: () => void
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <section className="panel border-accent-line! overflow-hidden" aria-labelledby="key-ready">
      <div className="panel-h bg-selected border-accent-line! flex-wrap">
        <KeyRound className="i text-accent-text" aria-hidden />
        <h2 ref={heading} id="key-ready" tabIndex={-1} className="outline-none [overflow-wrap:anywhere]">
          {apiKey.name} is ready
        </h2>
        <span className="text-12 text-soft max-md:hidden">
          {apiKey.scopes.map((scope) => SCOPES[scope].title.toLowerCase()).join(', ')}
        </span>
        <span className="end">
          <Button size="sm" icon={<Check className="i-sm" aria-hidden />} onClick={onStored}>
            I have stored it
          </Button>
        </span>
      </div>
      <div className="grid grid-cols-1 xl:grid-cols-[minmax(0,1fr)_288px]">
        <div className="p-3.5 grid gap-4 min-w-0">
          <div className="field">
            <div className="flex items-baseline gap-2 flex-wrap">
              <label className="label" htmlFor="secret">
                Secret
              </label>
              <span className="text-12 text-blocked-fg font-medium inline-flex items-center gap-1 self-center">
                <EyeOff className="i-sm" aria-hidden />
                Shown once. Baton keeps only its hash.
              </span>
            </div>
            <div className="flex gap-2">
              <input
                id="secret"
                readOnly
                value={secret}
                className="input mono text-13! flex-1 min-w-0 text-ellipsis"
                onFocus={(event) => event.currentTarget.select()}
              />
              <CopyButton text={secret} label="Copy the secret" size="md" kind="primary">
                Copy
              </CopyButton>
            </div>
          </div>
          <div className="min-w-0">
            <div className="flex items-center gap-2 mb-1.5">
              <h3 className="text-13 font-medium!">Try it</h3>
              <span className="ml-auto">
                <CopyButton text={curl} label="Copy the cURL command">
                  Copy cURL
                </CopyButton>
              </span>
            </div>
            <CodeBlock label="cURL command with your key" className="bg-well rounded-md border border-line">
              {curl}
            </CodeBlock>
            <p className="hint mt-1.5">
              {apiKey.scopes.includes('run')
                ? `Works as it is: the summarizer on the built-in engine, costs nothing. It shows in History as made by ${apiKey.name}.`
                : 'Works as it is: lists the workers with their schemas and examples.'}
            </p>
          </div>
        </div>
        <Progress apiKey={apiKey} firstTask={firstTask} hrefOfTask={hrefOfTask} />
      </div>
    </section>
  )
}

function Progress({
  apiKey,
  firstTask,
  hrefOfTask,
}: {
  apiKey: ApiKey
  firstTask: TaskSummary | null
  hrefOfTask: (id: string) => string
}) {
  const { call, result } = stepsOf(apiKey, firstTask && { ended: isTerminal(firstTask.status) })
  const status = apiKey.lastUsedStatus ?? 0
  return (
    <div className="border-t xl:border-t-0 xl:border-l border-line p-3.5 bg-well flex flex-col gap-3">
      <div className="flex h-2.5 gap-px" aria-hidden>
        {(['done', call, ...(result === null ? [] : [result])] as Step[]).map((step, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- steps are their place
          <i key={index} className={`block rounded-xs flex-1 ${BARS[step]}`} />
        ))}
      </div>
      <ol className="grid gap-3" aria-live="polite">
        <Entry step="done" title="Key made" at={<DateTime at={apiKey.createdAt} look="seconds" />}>
          by {apiKey.createdBy?.name ?? 'you'}
        </Entry>
        {call === 'now' ? (
          <Entry step="now" title="Waiting for the first call…" at={<Since at={apiKey.createdAt} />}>
            ticks by itself; keep or leave this page
          </Entry>
        ) : call === 'refused' ? (
          <Entry
            step="refused"
            title={`A call was refused, ${status}`}
            at={apiKey.lastUsedAt ? <DateTime at={apiKey.lastUsedAt} look="seconds" /> : null}
          >
            {refusalOf(status)}
            {apiKey.lastUsedIp ? `; from ${apiKey.lastUsedIp}` : ''}. Waiting for one that works.
          </Entry>
        ) : (
          <Entry
            step="done"
            title={status >= 200 && status < 400 ? `First call, ${status}` : 'First call'}
            at={apiKey.lastUsedAt ? <DateTime at={apiKey.lastUsedAt} look="seconds" /> : null}
          >
            {apiKey.lastUsedIp ? `from ${apiKey.lastUsedIp}` : 'it works'}
          </Entry>
        )}
        {result === null ? null : result === 'done' && firstTask ? (
          <Entry step="done" title="First result" at={formatDuration(firstTask.waitedMs + firstTask.workedMs)}>
            <Link href={hrefOfTask(firstTask.id) as Route} className="link">
              {statusWord(firstTask.status, firstTask.reason)}: open it
            </Link>
          </Entry>
        ) : (
          <Entry step={result} title={result === 'now' ? 'Waiting for the first result…' : 'First result'} at={null}>
            {firstTask
              ? statusWord(firstTask.status, firstTask.reason)
              : 'the call in the example takes about a second'}
          </Entry>
        )}
      </ol>
      <p className="text-12 text-soft border-t border-line pt-3 mt-auto">
        Refused calls show here too, with the reason. After a revocation the next call gets 401.
      </p>
    </div>
  )
}

const BARS: Record<Step, string> = {
  done: 'solid s-completed',
  now: 'hatch',
  refused: 'solid s-failed',
  later: 'outline-bar',
}

const MARKS: Record<Step, { icon: ReactNode; tone: string }> = {
  done: { icon: <CircleCheck className="i" aria-hidden />, tone: 's-completed' },
  now: { icon: <Clock className="i" aria-hidden />, tone: 's-pending' },
  refused: { icon: <CircleX className="i" aria-hidden />, tone: 's-failed' },
  later: { icon: <CircleDashed className="i" aria-hidden />, tone: 'text-faint' },
}

function Entry({ step, title, at, children }: { step: Step; title: string; at: ReactNode; children: ReactNode }) {
  const { icon, tone } = MARKS[step]
  return (
    <li className="flex gap-2.5">
      <span className={`${tone} mt-0.5`}>{icon}</span>
      <span className="min-w-0 flex-1">
        <span className="flex justify-between gap-2">
          <span
            className={`font-medium ${step === 'now' || step === 'refused' ? tone : step === 'later' ? 'text-soft' : ''}`}
          >
            {title}
          </span>
          <span className="num text-12 text-soft whitespace-nowrap">{at}</span>
        </span>
        <span className="block text-12 text-soft">{children}</span>
      </span>
    </li>
  )
}

function Since({ at }: { at: string }) {
  const now = useNow()
  return <span aria-hidden>{formatSeconds(now - new Date(at).getTime())}</span>
}
