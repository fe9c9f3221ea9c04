'use client'

import { Field } from '#app/_ui/field.tsx'
import { Segmented } from '#app/_ui/segmented.tsx'
import { branchesOf, fallbackOf, nameOf, stepsOf, titleOf } from '#lib/workflows/draft/read.ts'
import { useEditor, useStep } from '../editor-context.ts'
import { StepPicker } from './step-picker.tsx'

const WAYS = [
  { value: 'fail', label: 'Stop run' },
  { value: 'continue', label: 'Continue' },
  { value: 'fallback', label: 'Fallback' },
] as const

/** What the failure of a step means for the run. */
export function FailureField() {
  const { draft } = useEditor()
  const { step, index, field } = useStep()
  const { id, value, error, set } = field(['onFailure'])
  const standIn = field(['onFailure', 'fallback'])
  const fallback = fallbackOf(step)
  const way = fallback === null ? (value === 'continue' ? 'continue' : 'fail') : 'fallback'
  const taken = new Set(stepsOf(draft).flatMap((other, place) => (place === index ? [] : (fallbackOf(other) ?? []))))
  const choices =
    fallback === null
      ? []
      : stepsOf(draft).flatMap((other, place) => {
          const name = nameOf(other)
          return place === index || name === '' || taken.has(name) ? [] : [{ value: name, title: titleOf(other) }]
        })
  // Conditions and approvals have branches to leave by, and nothing could stand in for them.
  const ways = branchesOf(step).length > 0 ? WAYS.filter(({ value: one }) => one !== 'fallback') : WAYS
  return (
    <div className="field min-w-0">
      <Field id={id} label="If this step fails" error={error} group>
        <Segmented
          fill
          value={way}
          onChange={(next) => set(next === 'fail' ? undefined : next === 'fallback' ? { fallback: '' } : next)}
          segments={way === 'fallback' ? WAYS : ways}
        />
      </Field>
      {way === 'fallback' ? (
        <StepPicker
          id={standIn.id}
          label="Step that stands in"
          error={standIn.error}
          value={fallback ?? ''}
          placeholder="Choose a step"
          choices={choices}
          onPick={(name) => standIn.set(name)}
        />
      ) : null}
    </div>
  )
}
