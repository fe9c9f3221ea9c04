'use client'

import { Money } from '#app/_ui/money.tsx'
import type { BoardStep } from '#lib/workflows/shapes.ts'
import { stepTone } from '../../../step-badge.tsx'
import { StepIcon } from '#app/_ui/step-icon.tsx'
import { stepLine, titlesOf } from './step-line.ts'
import { StepRows } from './step-rows.tsx'
import { StepState } from './step-state.tsx'
import { StepTime } from './step-time.tsx'

const ROW = 60

type Props = {
  steps: readonly BoardStep[]
  readAt: number
  selected: string | null
  onSelect: (name: string) => void
}

/** All that the graph says, in words: each step with its state, what it follows and how long it took. */
export function StepsList({ steps, readAt, selected, onSelect }: Props) {
  return (
    <StepRows
      label="Steps in order"
      steps={steps}
      rowHeight={ROW}
      selected={selected}
      onSelect={onSelect}
      className="grid items-center gap-x-3 md:gap-x-4 px-4 md:px-5 xl:px-6 grid-cols-[32px_minmax(0,1fr)_auto] lg:grid-cols-[32px_minmax(0,1fr)_132px_148px_72px]"
      Row={Row}
      shared={{ readAt, titleOf: titlesOf(steps) }}
    />
  )
}

type Shared = { readAt: number; titleOf: (name: string) => string }

function Row({ step, shared: { readAt, titleOf } }: { step: BoardStep; shared: Shared }) {
  return (
    <>
      <span
        className={`relative size-8 rounded-md border border-line-strong bg-raised grid place-items-center text-soft ${step.status === 'waiting' || step.status === 'skipped' ? 'border-dashed' : ''}`}
      >
        <StepIcon step={step} />
        <i className={`absolute -bottom-1 -right-1 size-2.5 rounded-full ring-2 ring-sheet ${dot(step)}`} aria-hidden />
      </span>
      <span className="min-w-0">
        <span className="block truncate font-medium">{step.title}</span>
        <span className="block truncate text-12 text-soft">{stepLine(step, titleOf)}</span>
      </span>
      <span className="flex flex-col items-end gap-0.5 lg:items-start">
        <StepState step={step} />
        <span className="lg:hidden w-24">
          <StepTime step={step} readAt={readAt} />
        </span>
      </span>
      <span className="max-lg:hidden min-w-0">
        <StepTime step={step} readAt={readAt} />
      </span>
      <span className="max-lg:hidden text-12 text-soft num text-right">
        {step.tokens === null ? null : <Money micros={step.costMicros} />}
      </span>
    </>
  )
}

function dot({ status }: BoardStep): string {
  if (status === 'waiting' || status === 'skipped') return 'bg-line-strong'
  return `solid ${stepTone(status)}`
}
