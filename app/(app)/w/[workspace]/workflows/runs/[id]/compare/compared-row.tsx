import { ChevronRight } from 'lucide-react'
import { formatDuration, formatQuantity } from '#app/_ui/format.ts'
import { Money } from '#app/_ui/money.tsx'
import { StepIcon } from '#app/_ui/step-icon.tsx'
import { StepBadge } from '../../../step-badge.tsx'
import type { ComparedStep, Side } from './compare-runs.ts'
import { WordDiff } from './diff-text.tsx'
import { countChanges, type DiffPart } from './word-diff.ts'

/** A step of both runs; what its output says otherwise unfolds below. */
export function ComparedRow({ step }: { step: ComparedStep }) {
  const { output } = step
  const changed = output?.some(({ kind }) => kind !== 'same') ?? false
  return (
    <li className="border-b border-line last:border-b-0 px-3.5 py-2.5">
      <div className="grid grid-cols-2 md:grid-cols-[minmax(0,1.1fr)_minmax(0,1fr)_minmax(0,1fr)] gap-x-4 gap-y-1.5 items-center">
        <p className="flex items-center gap-2 min-w-0 max-md:col-span-2">
          <StepIcon step={step} className="i text-faint" />
          <span className="font-medium truncate">{step.title}</span>
        </p>
        <SideView side={step.before} />
        <SideView side={step.after} than={step.before} />
      </div>
      {output === null ? null : changed ? (
        <details className="group mt-1.5">
          <summary className="inline-flex items-center gap-1.5 min-h-6 text-12 text-soft list-none">
            <ChevronRight className="i-sm transition-transform group-open:rotate-90" aria-hidden />
            {changeWords(output)}
          </summary>
          <div className="doc mt-1.5 rounded-md border border-line bg-well px-3 py-2.5 text-13! leading-[1.6]!">
            <WordDiff parts={output} />
          </div>
        </details>
      ) : (
        <p className="mt-1 text-12 text-soft">The output is the same, word for word.</p>
      )}
    </li>
  )
}

function changeWords(parts: readonly DiffPart[]): string {
  const { gone, new: fresh } = countChanges(parts)
  return `The output has ${formatQuantity(fresh, 'new word')}, and ${formatQuantity(gone, 'word')} of the other run ${gone === 1 ? 'is' : 'are'} not in it`
}

function SideView({ side, than = null }: { side: Side | null; than?: Side | null }) {
  if (side === null) return <p className="text-12 text-faint">no such step</p>
  return (
    <div className="min-w-0">
      <StepBadge status={side.status} reason={side.reason} />
      <p className="text-12 text-soft num">
        {side.tookMs === null ? 'not started' : formatDuration(side.tookMs)}
        {timesWords(side, than)}
        {side.tokens === null ? null : (
          <>
            , <Money micros={side.costMicros} />
          </>
        )}
      </p>
    </div>
  )
}

/** Differences below this say more of the machine than of the step. */
const WORTH_SAYING = 1.5

function timesWords({ tookMs }: Side, than: Side | null): string {
  if (!tookMs || !than?.tookMs) return ''
  const ratio = tookMs / than.tookMs
  if (ratio >= WORTH_SAYING) return ` (${ratio.toFixed(1)} times as long)`
  return ratio <= 1 / WORTH_SAYING ? ` (${(1 / ratio).toFixed(1)} times as fast)` : ''
}
