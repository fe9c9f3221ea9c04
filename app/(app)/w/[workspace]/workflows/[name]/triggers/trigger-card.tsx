'use client'

import { CircleCheck, CircleX, Pause, Play, RefreshCw, Trash2 } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { Button } from '#app/_ui/button.tsx'
import { CopyButton } from '#app/_ui/copy-button.tsx'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { RelativeTime } from '#app/_ui/relative-time.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { Firing, Trigger } from '#lib/triggers/shapes.ts'
import { TriggerIcon } from '../../trigger-icon.tsx'
import { NextTimes } from './next-times.tsx'

export type CardActions = {
  /** Which action of which trigger is under way. */
  busy: string | null
  onRun: (trigger: Trigger) => void
  onPause: (trigger: Trigger, paused: boolean) => void
  onDelete: (trigger: Trigger) => void
  onRotate: (trigger: Trigger) => void
}

export function TriggerCard({ trigger, origin, busy, ...act }: { trigger: Trigger; origin: string } & CardActions) {
  const { whyNot } = useWorkspace()
  const { id, title, words, config, pausedAt, hook } = trigger
  const refusal = whyNot('trigger.change')
  return (
    <li className="panel min-w-0 scroll-mt-4 target:border-accent-line!" id={id} data-trigger={id}>
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2 px-3.5 py-3">
        <TriggerIcon kind={config.kind} className="i text-soft mt-0.5" />
        <div className="min-w-0 flex-1 basis-52">
          <h2 className="text-14 flex flex-wrap items-center gap-x-2 [overflow-wrap:anywhere]">
            {title}
            {pausedAt === null ? null : (
              <span className="badge s-cancelled">
                <Pause className="i-sm" aria-hidden />
                Paused
              </span>
            )}
          </h2>
          <p className="text-12 text-soft mt-0.5 [overflow-wrap:anywhere]">{words}</p>
          <div className="text-12">
            {config.kind === 'schedule' ? <NextTimes times={trigger.nextAt} timeZone={config.timeZone} /> : null}
          </div>
          {hook === null ? null : <HookAddress address={`${origin}/api/hooks/${hook}`} />}
        </div>
        <div className="flex flex-wrap gap-1.5 max-md:w-full">
          {config.kind === 'schedule' ? (
            <Button
              size="sm"
              icon={<Play aria-hidden />}
              busy={busy === `run ${id}`}
              disabledReason={whyNot('run.start')}
              onClick={() => act.onRun(trigger)}
            >
              Run now
            </Button>
          ) : null}
          <Button
            size="sm"
            icon={pausedAt === null ? <Pause aria-hidden /> : <Play aria-hidden />}
            busy={busy === `pause ${id}`}
            disabledReason={refusal}
            onClick={() => act.onPause(trigger, pausedAt === null)}
          >
            {pausedAt === null ? 'Pause' : 'Resume'}
          </Button>
          {hook === null ? null : (
            <Button
              size="sm"
              icon={<RefreshCw aria-hidden />}
              disabledReason={refusal}
              onClick={() => act.onRotate(trigger)}
            >
              New secret
            </Button>
          )}
          <IconButton
            size="sm"
            label={refusal ?? `Delete ${title}`}
            icon={<Trash2 aria-hidden />}
            onClick={() => (refusal === null ? act.onDelete(trigger) : undefined)}
          />
        </div>
      </div>
      <Firings firings={trigger.firings} />
    </li>
  )
}

function HookAddress({ address }: { address: string }) {
  return (
    <p className="mt-1 flex items-center gap-1.5 min-w-0">
      <span className="mono text-12 truncate min-w-0">{address}</span>
      <CopyButton text={address} label="Copy the address" />
    </p>
  )
}

const SHOWN = 5

function Firings({ firings }: { firings: readonly Firing[] }) {
  if (firings.length === 0)
    return <p className="border-t border-line px-3.5 py-2.5 text-12 text-soft">Not yet set off.</p>
  return (
    <ul className="border-t border-line text-12" aria-label="Last firings">
      {firings.slice(0, SHOWN).map((firing) => (
        <li key={firing.id} className="flex items-start gap-2 px-3.5 py-2 border-b border-line last:border-b-0">
          <FiringLine firing={firing} />
        </li>
      ))}
    </ul>
  )
}

function FiringLine({ firing: { cause, at, runId, reason } }: { firing: Firing }) {
  const { path } = useWorkspace()
  return (
    <>
      {runId === null ? (
        <CircleX className="i-sm s-failed text-failed mt-0.5" aria-hidden />
      ) : (
        <CircleCheck className="i-sm text-completed mt-0.5" aria-hidden />
      )}
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        {runId === null ? (
          <>
            <span className="font-medium">Nothing started.</span> {reason}
          </>
        ) : (
          <Link href={path(`/workflows/runs/${runId}`) as Route} className="link">
            Started a run
          </Link>
        )}
        <span className="text-soft"> · {causeWords(cause)}</span>
      </span>
      <span className="text-soft whitespace-nowrap">
        <RelativeTime at={at} />
      </span>
    </>
  )
}

/** A slot is stored as its instant. */
function causeWords(cause: string): string {
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(cause) ? `due ${cause.slice(0, 10)} ${cause.slice(11, 16)} UTC` : cause
}
