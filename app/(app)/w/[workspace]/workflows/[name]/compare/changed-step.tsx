import { CircleMinus, CirclePlus, PencilLine } from 'lucide-react'
import { StepIcon } from '#app/_ui/step-icon.tsx'
import { WordDiff } from '../../runs/[id]/compare/diff-text.tsx'
import type { ShownField, ShownStep } from './shown-changes.ts'

const LOOKS = {
  new: { word: 'new', icon: CirclePlus, className: 'text-completed-fg' },
  gone: { word: 'gone', icon: CircleMinus, className: 'text-failed-fg' },
  changed: { word: 'changed', icon: PencilLine, className: 'text-soft' },
  same: { word: 'the same', icon: PencilLine, className: 'text-soft' },
} as const

/** A step of either state, with what is other in it. */
export function ChangedStep({ step }: { step: ShownStep }) {
  const { word, icon: Icon, className } = LOOKS[step.change]
  return (
    <li className="border-b border-line px-3.5 py-3 min-w-0">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 min-w-0">
        {step.kind !== null ? (
          <StepIcon step={{ kind: step.kind, worker: step.worker }} className="i text-faint" />
        ) : null}
        <span className="font-medium [overflow-wrap:anywhere]">{step.title}</span>
        <span className="mono text-12 text-soft [overflow-wrap:anywhere]">
          {step.was === null ? step.name : `${step.was} → ${step.name}`}
        </span>
        <span className="tag ml-auto">
          <Icon className={`i-sm ${className}`} aria-hidden />
          {step.was === null ? word : step.fields.length > 0 ? 'renamed, changed' : 'renamed'}
        </span>
      </p>
      {step.fields.length > 0 ? (
        <div className="mt-1.5">
          <ChangedFields fields={step.fields} one={step.change === 'new' || step.change === 'gone'} />
        </div>
      ) : null}
    </li>
  )
}

/** What each field was and is; of a step that stands on one side only, just that. */
export function ChangedFields({ fields, one = false }: { fields: readonly ShownField[]; one?: boolean }) {
  return (
    <dl className="grid gap-y-1.5">
      {fields.map((field) => (
        <div key={field.label} className="grid gap-x-4 md:grid-cols-[minmax(0,180px)_minmax(0,1fr)]">
          <dt className="text-12 text-soft">{field.label}</dt>
          <dd className={`min-w-0 text-13 ${field.code ? 'mono text-12!' : ''}`}>
            {field.words ? (
              <WordDiff parts={field.words} />
            ) : one ? (
              <Value>{field.after ?? field.before}</Value>
            ) : (
              <span className="grid gap-x-4 gap-y-0.5 sm:grid-cols-2">
                <del className="no-underline">
                  <span className="sr">before: </span>
                  <Value gone>{field.before}</Value>
                </del>
                <ins className="no-underline">
                  <span className="sr">after: </span>
                  <Value fresh>{field.after}</Value>
                </ins>
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Value({
  children,
  gone = false,
  fresh = false,
}: {
  children: string | null
  gone?: boolean
  fresh?: boolean
}) {
  if (children === null) return <span className="text-faint">not set</span>
  return (
    <span
      className={`whitespace-pre-wrap [overflow-wrap:anywhere] rounded-xs ${gone ? 'bg-failed-bg text-failed-fg line-through px-1' : fresh ? 'bg-completed-bg text-completed-fg px-1' : ''}`}
    >
      {children}
    </span>
  )
}
