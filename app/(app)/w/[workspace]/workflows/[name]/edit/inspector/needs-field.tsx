'use client'

import { CircleAlert, X } from 'lucide-react'
import { StepIcon } from '#app/_ui/step-icon.tsx'
import {
  branchesOf,
  type Draft,
  type DraftStep,
  kindOf,
  nameOf,
  needsOf,
  placeOf,
  stepsOf,
  textOf,
  titleOf,
} from '#lib/workflows/draft/read.ts'
import { stepsThatCircle } from '#lib/workflows/draft/circles.ts'
import { parseNeed } from '#lib/workflows/needs.ts'
import { fieldId, useEditor, useStep } from '../editor-context.ts'
import { type StepChoice, StepPicker } from './step-picker.tsx'

/** What has to have ended before the step. */
export function NeedsField() {
  const { draft, edit, locked } = useEditor()
  const { step, index, field } = useStep()
  const needs = needsOf(step)
  const errors = needs.flatMap((_, place) => field(['needs', place]).error ?? [])
  const own = field(['needs']).error
  return (
    <div className="field min-w-0">
      <span className="label" id="needs-label">
        Comes after
      </span>
      {needs.length === 0 ? (
        <p className="text-12 text-soft">Nothing: it begins with the text.</p>
      ) : (
        <ul className="flex flex-wrap gap-1.5" aria-labelledby="needs-label">
          {needs.map((need, place) => (
            <NeedChip
              key={need}
              draft={draft}
              need={need}
              id={fieldId(`needs.${place}`)}
              wrong={field(['needs', place]).error !== null}
              onRemove={locked === null ? () => edit({ do: 'disconnect', index, need }) : null}
            />
          ))}
        </ul>
      )}
      {errors.map((error) => (
        <p key={error} className="err">
          <CircleAlert className="i-sm shrink-0" aria-hidden />
          {error}
        </p>
      ))}
      <StepPicker
        id={fieldId('needs')}
        label="Add what it comes after"
        hideLabel
        error={own}
        placeholder="Add a step"
        choices={needChoices(draft, step)}
        onPick={(need) => edit({ do: 'connect', index, need })}
      />
    </div>
  )
}

type ChipProps = { draft: Draft; need: string; id: string; wrong: boolean; onRemove: (() => void) | null }

function NeedChip({ draft, need, id, wrong, onRemove }: ChipProps) {
  const { step: name, branch } = parseNeed(need)
  const needed = stepsOf(draft)[placeOf(draft, name)]
  const kind = needed ? kindOf(needed) : null
  const title = needed ? titleOf(needed) : name
  const words = branch === null ? title : `${title}, ${branch}`
  return (
    <li className={`chip max-md:h-11! max-w-full ${wrong ? 'border-failed!' : ''}`}>
      <span className="min-w-0">
        {kind === null ? null : (
          <StepIcon step={{ kind, worker: textOf(needed ?? {}, 'worker') }} className="i-sm shrink-0 text-soft" />
        )}
        <span className="truncate">{title}</span>
        {branch === null ? null : <span className="tag ml-0.5">{branch}</span>}
      </span>
      <button
        id={id}
        type="button"
        aria-label={`No longer after ${words}`}
        disabled={onRemove === null}
        className="max-md:w-11!"
        onClick={() => onRemove?.()}
      >
        <X className="size-3" aria-hidden />
      </button>
    </li>
  )
}

/** Steps that do not wait for this one, each with its branches. */
function needChoices(draft: Draft, step: DraftStep): StepChoice[] {
  const circle = stepsThatCircle(draft, nameOf(step))
  const held = new Set(needsOf(step))
  return stepsOf(draft).flatMap((other): StepChoice[] => {
    const name = nameOf(other)
    if (name === '' || other === step || circle.has(name)) return []
    const title = titleOf(other)
    return [
      { value: name, title },
      ...branchesOf(other).map((branch) => ({ value: `${name}.${branch}`, title: `${title}, ${branch}` })),
    ].filter(({ value }) => !held.has(value))
  })
}
