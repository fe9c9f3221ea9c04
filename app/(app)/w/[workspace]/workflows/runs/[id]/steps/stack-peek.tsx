'use client'

import { Layers } from 'lucide-react'
import { formatCount } from '#app/_ui/format.ts'
import { Peek } from '#app/_ui/peek.tsx'
import type { BoardStep } from '#lib/workflows/shapes.ts'
import { StepBadge } from '../../../step-badge.tsx'
import { countsOfSteps } from './stack-counts.ts'
import { StateBar } from './state-bar.tsx'
import { StepRows } from './step-rows.tsx'

type Props = { title: string; steps: readonly BoardStep[]; onSelect: (name: string) => void; onClose: () => void }

/** The steps of a stack, those that failed first; each leads to its own. */
export function StackPeek({ title, steps, onSelect, onClose }: Props) {
  const counts = countsOfSteps(steps)
  const { ended, of, failed } = counts
  const sorted = steps.toSorted((a, b) => Number(b.status === 'failed') - Number(a.status === 'failed'))
  return (
    <Peek
      label={`Steps of ${title}`}
      header={
        <>
          <Layers className="i text-soft mr-1.5" aria-hidden />
          <h2 className="text-13 truncate">{title}</h2>
        </>
      }
      onClose={onClose}
    >
      <p className="num">
        <b className="text-16 font-semibold">
          {formatCount(ended)} of {formatCount(of)}
        </b>
        {failed > 0 ? <span className="text-failed-fg font-medium">, {formatCount(failed)} failed</span> : null}
      </p>
      <div className="mt-2 mb-3">
        <StateBar counts={counts} className="h-2.5" />
      </div>
      <div className="-mx-3.5 border-t border-line">
        <StepRows
          label={`Steps of ${title}`}
          steps={sorted}
          rowHeight={36}
          selected={null}
          onSelect={onSelect}
          className="flex items-center justify-between gap-3 px-3.5"
          Row={Row}
          shared={null}
        />
      </div>
    </Peek>
  )
}

function Row({ step }: { step: BoardStep }) {
  return (
    <>
      <span className="truncate font-medium min-w-0">{step.title}</span>
      <StepBadge status={step.status} reason={step.reason} />
    </>
  )
}
