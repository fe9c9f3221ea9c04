'use client'

import { ChevronRight } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { formatDuration } from '#app/_ui/format.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { RunDetail, RunStep } from '#lib/workflows/shapes.ts'
import { StepIcon } from '#app/_ui/step-icon.tsx'
import { parseNeed } from '#lib/workflows/needs.ts'
import { StepBadge, stepTone } from '../../step-badge.tsx'
import { stepSpan } from './step-span.ts'

/** The steps on one time axis, each with where it stands and what it waits for; a step leads to its task. */
export function StepsList({ run, now, readAt }: { run: RunDetail; now: number; readAt: number }) {
  const { path } = useWorkspace()
  const spans = new Map(run.steps.map((step) => [step.name, stepSpan(step, run.createdAt, now, readAt)]))
  const scale = Math.max(
    1,
    ...[...spans.values()].map(({ fromMs, waitedMs, workedMs }) => fromMs + waitedMs + workedMs),
  )
  return (
    <ol className="min-w-0">
      {run.steps.map((step) => {
        const span = spans.get(step.name) ?? { fromMs: 0, waitedMs: 0, workedMs: 0 }
        return (
          <li
            key={step.name}
            className="relative grid items-center gap-x-4 gap-y-1 px-4 md:px-5 xl:px-6 py-2.5 border-b border-line hover:bg-hover grid-cols-[20px_minmax(0,1fr)_auto_16px] md:grid-cols-[20px_minmax(0,1fr)_140px_minmax(0,1.6fr)_72px_16px]"
          >
            <StepIcon step={step} className="i text-faint" />
            <span className="min-w-0">
              <StepName step={step} path={path} />
              <span className="block text-12 text-soft">{whyOf(step, run)}</span>
            </span>
            <StepBadge status={step.status} reason={step.reason} />
            <span className="relative h-3 max-md:col-span-full max-md:order-last flex min-w-0" aria-hidden>
              <Bar {...span} scale={scale} tone={stepTone(step.status)} />
            </span>
            <span className="num text-soft text-right max-md:hidden">
              {step.taskId === null ? '' : formatDuration(span.waitedMs + span.workedMs)}
              <span className="sr">
                {step.taskId === null
                  ? ''
                  : `, waited ${formatDuration(span.waitedMs)}, worked ${formatDuration(span.workedMs)}`}
              </span>
            </span>
            {step.taskId === null ? <span /> : <ChevronRight className="i-sm text-faint" aria-hidden />}
          </li>
        )
      })}
    </ol>
  )
}

function StepName({ step, path }: { step: RunStep; path: (rest: string) => string }) {
  if (step.taskId === null) return <span className="font-medium block truncate">{step.title}</span>
  return (
    <Link href={path(`/tasks/${step.taskId}`) as Route} className="row-a block truncate after:absolute after:inset-0">
      {step.title}
    </Link>
  )
}

type BarProps = { fromMs: number; waitedMs: number; workedMs: number; scale: number; tone: string }

function Bar({ fromMs, waitedMs, workedMs, scale, tone }: BarProps) {
  const share = (ms: number) => `${(ms / scale) * 100}%`
  if (waitedMs + workedMs === 0) return <i className="outline-bar w-full h-3 rounded-xs" />
  return (
    <span className="flex w-full gap-px" style={{ paddingLeft: share(fromMs) }}>
      {waitedMs > 0 ? <i className="hatch h-3 rounded-xs min-w-0.5" style={{ width: share(waitedMs) }} /> : null}
      {workedMs > 0 ? (
        <i className={`solid ${tone} h-3 rounded-xs min-w-0.5`} style={{ width: share(workedMs) }} />
      ) : null}
    </span>
  )
}

/** What there is to say of a step beside its state. */
function whyOf(step: RunStep, run: RunDetail): string {
  const titleOf = (need: string) => {
    const { step: name } = parseNeed(need)
    return run.steps.find((one) => one.name === name)?.title ?? name
  }
  if (step.status === 'waiting') return `Starts after ${step.needs.map(titleOf).join(', ')}`
  if (step.status === 'skipped') return 'Not started: a step that it or the run needs did not succeed'
  if (step.status === 'in_progress' && step.waitsFor) return step.waitsFor
  if (step.reason === 'needs_model') return 'Needs a connected model; what it found so far is in the report'
  if (step.error) return step.error.message
  return step.needs.length === 0 ? 'Reads the text' : `After ${step.needs.map(titleOf).join(', ')}`
}
