'use client'

import { CircleCheck, CircleX } from 'lucide-react'
import { CodeBlock } from '#app/_ui/code-block.tsx'
import { ErrorState } from '#app/_ui/error-state.tsx'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { ApprovalOutput, ValidationOutput } from '#lib/workflows/outputs.ts'
import type { BoardStep, RunBoard, RunItem, StepContent } from '#lib/workflows/shapes.ts'
import { StepBadge } from '../../../step-badge.tsx'
import { type Decide, DecisionForm } from './decision-form.tsx'
import { PeekSkeleton } from './peek-skeleton.tsx'
import { countsOfItems } from './stack-counts.ts'
import { StateBar } from './state-bar.tsx'
import { StepRows } from './step-rows.tsx'
import { useStepContent } from './use-step-content.ts'

type Props = { run: RunBoard; step: BoardStep; decide: Decide }

/** What a step without a task has made and asks, by its kind; what has no form of its own is shown as JSON. */
export function StepContentView({ run, step, decide }: Props) {
  const { data: content, error } = useStepContent(run.id, step)
  if (error && !content) return <ErrorState title="The step could not be read">{error.message}</ErrorState>
  if (!content) return <PeekSkeleton />
  if (content.approval) return <DecisionForm run={run} step={step} approval={content.approval} decide={decide} />
  if (step.kind === 'map') return <Items step={step} items={content.items} />
  if (content.result === null) return null
  if (step.kind === 'approval') return <Decision output={content.result as ApprovalOutput} />
  if (step.kind === 'validate') return <Checks output={content.result as ValidationOutput} />
  return <Output content={content} />
}

const ITEM_ROW = 36

/** Of many only those in sight are drawn. */
function Items({ step, items }: { step: BoardStep; items: readonly RunItem[] }) {
  const { path } = useWorkspace()
  const sorted = items
    .toSorted((a, b) => Number(b.status === 'failed') - Number(a.status === 'failed'))
    .map((item) => ({ ...item, name: String(item.item) }))
  return (
    <section aria-label="Items" className="border-t border-line pt-3">
      <h3 className="text-13 mb-2">Items</h3>
      <StateBar counts={countsOfItems(step.itemCounts)} className="h-2.5" />
      <div className="mt-2 -mx-3.5 border-t border-line">
        <StepRows
          label={`Items of ${step.title}`}
          steps={sorted}
          rowHeight={ITEM_ROW}
          selected={null}
          onSelect={() => undefined}
          hrefOf={({ taskId }) => (taskId === null ? null : path(`/tasks/${taskId}`))}
          className="flex items-center justify-between gap-3 px-3.5"
          Row={ItemRow}
          shared={null}
        />
      </div>
    </section>
  )
}

function ItemRow({ step: { label, status, error } }: { step: RunItem }) {
  return (
    <>
      <span className="truncate font-medium min-w-0" title={error?.message ?? label}>
        {label}
      </span>
      <StepBadge status={status} reason={null} />
    </>
  )
}

function Decision({ output: { by, note, fields, decidedAt } }: { output: ApprovalOutput }) {
  const entries = Object.entries(fields).filter(([, value]) => value !== '')
  return (
    <section aria-label="Decision" className="border-t border-line pt-3 grid gap-2">
      <h3 className="text-13">Decision</h3>
      <p className="text-12 text-soft">
        {by === '' ? 'By the time that ran out, ' : `By ${by}, `}
        <DateTime at={decidedAt} />
      </p>
      {note === '' ? null : <p className="doc text-13! whitespace-pre-line [overflow-wrap:anywhere]">{note}</p>}
      {entries.length === 0 ? null : (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-12">
          {entries.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-soft">{name}</dt>
              <dd className="text-right [overflow-wrap:anywhere]">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}

function Checks({ output: { checks } }: { output: ValidationOutput }) {
  return (
    <section aria-label="Checks" className="border-t border-line pt-3">
      <h3 className="text-13">Checks</h3>
      <ul className="mt-2 grid gap-2">
        {checks.map(({ check, of, passed, message }) => (
          <li key={`${check} ${of}`} className="flex gap-2">
            {passed ? (
              <CircleCheck className="i-sm s-completed mt-0.75" aria-label="Passed" />
            ) : (
              <CircleX className="i-sm s-failed mt-0.75" aria-label="Failed" />
            )}
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {message} <span className="mono text-faint">{of}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Longer ones are shown in part. */
const MOST_SHOWN = 20_000

function Output({ content }: { content: StepContent }) {
  const json = JSON.stringify(content.result, null, 2)
  return (
    <section aria-label="Output" className="border-t border-line pt-3">
      <h3 className="text-13">Output</h3>
      <CodeBlock
        label="Output as JSON"
        className="mt-2 bg-well border border-line rounded-md max-h-120 overflow-y-auto"
      >
        {json.length > MOST_SHOWN ? `${json.slice(0, MOST_SHOWN)}\n…` : json}
      </CodeBlock>
    </section>
  )
}
