'use client'

import { Ban, GitCompareArrows, RotateCcw, UserCheck } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { Button, ButtonLink } from '#app/_ui/button.tsx'
import { useNow } from '#app/_ui/clock.tsx'
import { CopyButton } from '#app/_ui/copy-button.tsx'
import { formatRelative } from '#app/_ui/format.ts'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { useShortcut } from '#app/_ui/shortcuts.ts'
import { StatusBadge } from '#app/_ui/status-badge.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { RunBoard } from '#lib/workflows/shapes.ts'
import { FromDocument } from '../../../documents/from-document.tsx'
import { Tags } from '../../run-tags.tsx'
import { hasEnded, holdsOf } from '../../run-facts.ts'

type Props = {
  run: RunBoard
  updatedAt: number
  /** The steps are not in sight: their key for a decision leads to them from here. */
  reading: boolean
  busy: boolean
  onCancel: () => void
}

export function RunHeader({ run, updatedAt, reading, busy, onCancel }: Props) {
  const { path, whyNot } = useWorkspace()
  const router = useRouter()
  const open = run.steps.some(({ status }) => !hasEnded(status))
  const holds = holdsOf(run)
  const mine = run.steps.find(({ decision }) => decision?.refusal === null)
  const decision = path(`/workflows/runs/${run.id}?view=list&step=${mine?.name ?? ''}`)
  useShortcut('a', () => router.push(decision as Route), reading && mine !== undefined)
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
      <div className="min-w-0 flex-1 basis-80">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
          <h1 className="text-20 min-w-0 [overflow-wrap:anywhere]">{run.title}</h1>
          <StatusBadge status={run.status} />
          {holds === null ? null : <span className="badge s-blocked">{holds}</span>}
          {open ? <Updated at={updatedAt} /> : null}
        </div>
        <p className="text-soft mt-1 flex flex-wrap items-center gap-x-2 gap-y-0.5">
          {run.plannedBy === null ? (
            <span>{run.workflow.title}</span>
          ) : (
            <span className="min-w-0 [overflow-wrap:anywhere]">
              by the plan{' '}
              <Link className="link" href={path(`/workflows/plan/${run.plannedBy}`) as Route}>
                {run.workflow.title}
              </Link>
            </span>
          )}
          {run.document ? (
            <span className="min-w-0">
              of <FromDocument document={run.document} path={path} />
            </span>
          ) : null}
          <span className="max-md:hidden">
            {run.submittedBy ? `by ${run.submittedBy.name}, ` : ''}
            {run.trigger ? <StartedBy trigger={run.trigger} /> : null}
            <DateTime at={run.createdAt} />
          </span>
          <span className="inline-flex items-center gap-1 min-w-0">
            <span className="mono" title={run.id}>
              {run.id.slice(0, 8)}…{run.id.slice(-4)}
            </span>
            <CopyButton text={run.id} label="Copy run id" />
          </span>
          {run.externalId === null ? null : (
            <span className="mono min-w-0 [overflow-wrap:anywhere]" title="External id">
              {run.externalId}
            </span>
          )}
          <Tags tags={run.tags} path={path} />
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        {mine ? (
          <ButtonLink kind="primary" icon={<UserCheck aria-hidden />} href={decision} kbd="A" aria-keyshortcuts="A">
            Decide
          </ButtonLink>
        ) : null}
        <Button
          icon={<Ban aria-hidden />}
          busy={busy}
          disabledReason={whyNot('run.cancel') ?? (open ? null : 'The run has ended.')}
          onClick={onCancel}
        >
          Cancel
        </Button>
        <ButtonLink icon={<GitCompareArrows aria-hidden />} href={path(`/workflows/runs/${run.id}/compare`)}>
          Compare
        </ButtonLink>
        <ButtonLink
          icon={<RotateCcw aria-hidden />}
          href={path(
            run.plannedBy === null
              ? `/workflows/${run.workflow.name}?from=${run.id}`
              : `/workflows/plan/${run.plannedBy}`,
          )}
        >
          Run again
        </ButtonLink>
      </div>
    </div>
  )
}

function StartedBy({ trigger: { id, title, workflow } }: { trigger: NonNullable<RunBoard['trigger']> }) {
  const { path } = useWorkspace()
  return (
    <>
      started by{' '}
      <Link className="link" href={`${path(`/workflows/${workflow}/triggers`)}#${id}` as Route}>
        {title}
      </Link>
      ,{' '}
    </>
  )
}

function Updated({ at }: { at: number }) {
  const now = useNow()
  return <span className="live h-6!">Updated {formatRelative(Math.min(at, now), now)}</span>
}
