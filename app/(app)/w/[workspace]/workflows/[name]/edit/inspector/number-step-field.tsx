'use client'

import { Field } from '#app/_ui/field.tsx'
import { NumberField } from '#app/_ui/number-field.tsx'
import type { Keys } from '#lib/workflows/draft/read.ts'
import { useStep } from '../editor-context.ts'

type Props = {
  at: Keys
  label: string
  /** One of what is counted. */
  unit: string
  min: number
  max: number
  step?: number
  hint?: string
  optional?: boolean
  /** What holds when nothing is given. */
  fallback?: number
}

export function NumberStepField({ at, label, unit, min, max, step, hint, optional = false, fallback }: Props) {
  const { id, value, error, set } = useStep().field(at)
  return (
    <Field id={id} label={label} hint={hint} error={error} optional={optional}>
      <NumberField
        wide
        value={typeof value === 'number' ? value : (fallback ?? null)}
        min={min}
        max={max}
        {...(step === undefined ? {} : { step })}
        unit={unit}
        onChange={(next) => set(next ?? undefined)}
      />
    </Field>
  )
}
