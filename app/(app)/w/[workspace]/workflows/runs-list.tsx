'use client'

import { TriangleAlert } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { formatDuration } from '#app/_ui/format.ts'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { StatusBadge } from '#app/_ui/status-badge.tsx'
import { stepWord } from '#lib/workflows/report/words.ts'
import type { RunSummary } from '#lib/workflows/shapes.ts'
import { Who } from '../history/task-values.tsx'
import { Tags } from './run-tags.tsx'
import { elapsedMs, progressOf } from './run-facts.ts'
import { markLook } from './step-badge.tsx'

/** A row per run with a mark per step; the whole row leads to the run. */
export function RunsList({
  runs,
  now,
  path,
}: {
  runs: readonly RunSummary[]
  now: number
  path: (rest: string) => string
}) {
  return (
    <ul>
      {runs.map((run) => {
        const { ended, of, blocked } = progressOf(run.steps)
        return (
          <li
            key={run.id}
            className="relative grid items-center gap-x-4 gap-y-1.5 px-3.5 py-2.5 border-t border-line first:border-t-0 hover:bg-hover grid-cols-[minmax(0,1fr)_auto] md:grid-cols-[minmax(0,1.4fr)_132px_minmax(0,1fr)_64px_24px]"
          >
            <div className="min-w-0">
              <Link
                href={path(`/workflows/runs/${run.id}`) as Route}
                className="row-a block truncate after:absolute after:inset-0"
              >
                {run.title}
              </Link>
              <p className="text-12 text-soft truncate">
                {run.workflow.title}, <DateTime at={run.createdAt} />
                {run.trigger ? (
                  <>
                    , by{' '}
                    <Link
                      href={`${path(`/workflows/${run.trigger.workflow}/triggers`)}#${run.trigger.id}` as Route}
                      className="relative z-1 hover:underline"
                    >
                      {run.trigger.title}
                    </Link>
                  </>
                ) : null}
                {run.externalId === null ? null : <span className="mono">, {run.externalId}</span>}
                {run.dueAt === null ? null : (
                  <>
                    , due <DateTime at={run.dueAt} />
                  </>
                )}
              </p>
              <Tags tags={run.tags} path={path} />
            </div>
            <span className="flex flex-col items-start gap-0.5">
              <StatusBadge status={run.status} look="plain" />
              {blocked > 0 ? (
                <span className="text-12 text-blocked-fg inline-flex items-center gap-1">
                  <TriangleAlert className="i-sm" aria-hidden />
                  {blocked === 1 ? '1 part waits' : `${blocked} parts wait`}
                </span>
              ) : null}
            </span>
            <span className="flex items-center gap-2.5 max-md:col-span-2 min-w-0">
              <StepMarks steps={run.steps} />
              <span className="text-12 text-soft num whitespace-nowrap">
                {ended} of {of}
              </span>
            </span>
            <span className="num text-soft text-right max-md:hidden">{formatDuration(elapsedMs(run, now))}</span>
            <span className="max-md:hidden">
              <Who by={run.submittedBy} />
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** Solid = ended or working, hatched = waiting, outline = not yet. */
export function StepMarks({ steps, fill = false }: { steps: RunSummary['steps']; fill?: boolean }) {
  return (
    <span className="flex gap-0.5 min-w-0">
      <span className="sr">
        {steps.map((step) => `${step.name}: ${stepWord(step.status, step.reason)}`).join(', ')}
      </span>
      {steps.map(({ name, status, reason }) => (
        <i
          key={name}
          className={`${markLook(status)} ${fill ? 'flex-1 h-2' : 'w-5 h-2.5'} rounded-xs`}
          title={`${name}: ${stepWord(status, reason)}`}
          aria-hidden
        />
      ))}
    </span>
  )
}
