'use client'

import { CircleX, SlidersHorizontal, Trash2 } from 'lucide-react'
import { Button } from '#app/_ui/button.tsx'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { StepIcon } from '#app/_ui/step-icon.tsx'
import type { FieldIssue } from '#lib/errors.ts'
import { optionsOf } from '#lib/workers/plan-options.ts'
import type { PlanStep } from '#lib/workers/plan-shape.ts'
import type { CatalogueWorker } from '../../../tasks/new/catalogue.ts'
import { OptionFields } from '../../../tasks/new/option-fields.tsx'
import { kindWords, needsWords } from './step-words.ts'

type Props = {
  step: PlanStep
  number: number
  /** Of the plan as it stands, for what it waits for. */
  needs: readonly string[]
  steps: readonly PlanStep[]
  workers: readonly CatalogueWorker[]
  /** Options that were changed. */
  changed: Record<string, unknown>
  /** What is wrong with it, with paths below the step. */
  issues: readonly FieldIssue[]
  open: boolean
  onOpen: () => void
  onOptions: (options: Record<string, unknown>) => void
  onRemove: () => void
  /** Why it cannot be taken out, and why nothing can be changed. */
  whyNotRemove: string | null
  refusal: string | null
}

export function PlanStepRow(props: Props) {
  const { step, number, needs, steps, workers, changed, issues, open, onOpen, onOptions, onRemove } = props
  const worker = 'worker' in step ? workers.find(({ name }) => name === step.worker) : undefined
  const waits = needsWords(needs, steps)
  return (
    <li className="border-t border-line first:border-t-0">
      <div className="grid grid-cols-[20px_minmax(0,1fr)_auto] gap-x-2.5 px-3.5 py-2.5">
        <span className="num text-faint text-right leading-5" aria-hidden>
          {number}
        </span>
        <div className="min-w-0">
          <p className="font-medium flex items-start gap-2 min-w-0">
            <StepIcon step={step} className="i-sm text-faint mt-0.5 shrink-0" />
            <span className="min-w-0 [overflow-wrap:anywhere]">{step.title}</span>
          </p>
          <p className="text-soft [overflow-wrap:anywhere]">{step.reason}</p>
          <p className="text-12 text-soft [overflow-wrap:anywhere]">
            {kindWords(step, workers)}
            {waits ? `. ${waits}` : ''}
          </p>
          {step.kind === 'condition' ? <p className="mono text-12 [overflow-wrap:anywhere]">{step.if}</p> : null}
          {step.kind === 'approval' ? <p className="text-12 [overflow-wrap:anywhere]">“{step.question}”</p> : null}
          {issues.map(({ path, message }) => (
            <p key={`${path} ${message}`} className="err mt-1">
              <CircleX className="i-sm" aria-hidden />
              {message}
            </p>
          ))}
        </div>
        <div className="flex items-start gap-1">
          {worker && worker.controls.length > 0 ? (
            <Button
              kind="ghost"
              size="sm"
              icon={<SlidersHorizontal aria-hidden />}
              aria-expanded={open}
              aria-label={`Options of “${step.title}”`}
              disabledReason={props.refusal}
              onClick={onOpen}
            >
              <span className="max-md:hidden">Options</span>
            </Button>
          ) : null}
          <IconButton
            size="sm"
            label={`Take out “${step.title}”`}
            icon={<Trash2 aria-hidden />}
            disabledReason={props.refusal ?? props.whyNotRemove}
            onClick={onRemove}
          />
        </div>
      </div>
      {open && worker && 'options' in step ? (
        <div className="px-3.5 pb-3.5">
          <OptionFields
            worker={worker}
            values={{ ...optionsOf(step), ...changed }}
            onChange={(name, value) => onOptions({ ...changed, [name]: value })}
            onReset={() => onOptions({})}
            errorOf={(field) =>
              issues.find(({ path }) => path.startsWith(field.replace('option-', 'options.')))?.message ?? null
            }
          />
        </div>
      ) : null}
    </li>
  )
}
