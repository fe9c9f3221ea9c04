'use client'

import { ArrowLeft, GitCompareArrows } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { ButtonLink } from '#app/_ui/button.tsx'
import { useNow } from '#app/_ui/clock.tsx'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { Field } from '#app/_ui/field.tsx'
import { formatDuration, formatInstant, formatQuantity } from '#app/_ui/format.ts'
import { Money } from '#app/_ui/money.tsx'
import { Note } from '#app/_ui/note.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { Select } from '#app/_ui/select.tsx'
import { PageTitle } from '#app/_ui/shell/page-title.tsx'
import { StatusBadge } from '#app/_ui/status-badge.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { RunBoard, RunSummary } from '#lib/workflows/shapes.ts'
import { elapsedMs } from '../../../run-facts.ts'
import { type ComparedStep, isOther } from './compare-runs.ts'
import { ComparedRow } from './compared-row.tsx'

type Props = {
  run: RunBoard
  /** What it is compared with; null until one is chosen. */
  other: RunBoard | null
  /** Later and earlier runs of the same workflow. */
  others: readonly RunSummary[]
  /** Null where there is nothing to compare. */
  steps: readonly ComparedStep[] | null
}

/** Two runs of one workflow side by side: states, times, cost, and what their outputs say otherwise. */
export function CompareView({ run, other, others, steps }: Props) {
  const { path } = useWorkspace()
  const router = useRouter()
  const here = path(`/workflows/runs/${run.id}/compare`)
  const changed = steps?.filter(isOther).length ?? 0
  return (
    <div className="page flex flex-col gap-4">
      <PageTitle title="Compared" tab={`${run.title} · Compared - Baton`} />
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <h1 className="text-20">{headline(steps, changed)}</h1>
          <p className="text-soft mt-0.5">
            {run.workflow.title}: the run of <DateTime at={run.createdAt} /> beside another one.
          </p>
        </div>
        <ButtonLink icon={<ArrowLeft aria-hidden />} href={path(`/workflows/runs/${run.id}`)}>
          Back to the run
        </ButtonLink>
      </div>
      {others.length === 0 ? (
        <EmptyState icon={<GitCompareArrows aria-hidden />} title="There is no other run of this workflow">
          Run it again, with the same text or another one, and come back.
        </EmptyState>
      ) : (
        <Field label="Compare with" className="max-w-120">
          <Select
            value={other?.id ?? ''}
            onChange={({ target }) => router.replace(`${here}?with=${target.value}` as Route, { scroll: false })}
            choices={[
              { value: '', label: 'Choose a run', disabled: true },
              ...offered(others, other).map(({ id, title, createdAt }) => ({
                value: id,
                label: `${title}, ${formatInstant(createdAt).replace(/:\d\d\.\d+$/, '')}`,
              })),
            ]}
          />
        </Field>
      )}
      {other && steps === null ? (
        <Note tone="blocked" title="These are runs of different workflows">
          Their steps have nothing to do with each other. Choose a run of {run.workflow.title}.
        </Note>
      ) : null}
      {other && steps ? (
        <div className="panel overflow-hidden">
          <div className="grid grid-cols-2 md:grid-cols-[minmax(0,1.1fr)_minmax(0,1fr)_minmax(0,1fr)] gap-x-4 px-3.5 py-3 border-b border-line">
            <p className="max-md:hidden font-medium">Step</p>
            <RunHead run={other} href={path(`/workflows/runs/${other.id}?view=list`)} label="Compared with" />
            <RunHead run={run} href={path(`/workflows/runs/${run.id}?view=list`)} label="This run" />
          </div>
          <ol aria-label="Steps of both runs">
            {steps.map((step) => (
              <ComparedRow key={step.name} step={step} />
            ))}
          </ol>
        </div>
      ) : null}
    </div>
  )
}

function headline(steps: readonly ComparedStep[] | null, changed: number): string {
  if (steps === null) return 'Compare two runs'
  if (changed === 0) return 'Both runs came to the same'
  return `${formatQuantity(changed, 'step')} of ${steps.length} came out otherwise`
}

/** Also one that is older than what the list offers. */
function offered(others: readonly RunSummary[], other: RunBoard | null) {
  return other === null || others.some(({ id }) => id === other.id) ? others : [other, ...others]
}

function RunHead({ run, href, label }: { run: RunBoard; href: string; label: string }) {
  const now = useNow('minute')
  return (
    <div className="min-w-0">
      <p className="text-12 text-soft">{label}</p>
      <Link href={href as Route} className="row-a block truncate">
        {run.title}
      </Link>
      <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-0.5">
        <StatusBadge status={run.status} look="plain" />
        <span className="text-12 text-soft num">
          {formatDuration(elapsedMs(run, now))}, {run.tokens === null ? 'no cost' : <Money micros={run.costMicros} />}
        </span>
      </p>
    </div>
  )
}
