'use client'

import { Field } from '#app/_ui/field.tsx'
import type { Want } from '#lib/workflows/draft/completion.ts'
import type { Keys } from '#lib/workflows/draft/read.ts'
import { useStep } from '../editor-context.ts'
import { CompletedInput } from './completed-input.tsx'

type Props = {
  at: Keys
  label: string
  hint?: string
  optional?: boolean
  /** What holds when nothing is given. */
  fallback?: string
  /** What can be used there. */
  want: Want
  /** Where what is wrong with it is told, when not at its own place. */
  errorAt?: Keys
}

/** Where a value comes from: the input, or the output of an earlier step. */
export function PathField({ at, errorAt = at, label, hint, optional = false, fallback = '', want }: Props) {
  const { field } = useStep()
  const { value, set } = field(at)
  const { id, error } = field(errorAt)
  return (
    <Field id={id} label={label} hint={hint} error={error} optional={optional}>
      <CompletedInput
        value={typeof value === 'string' ? value : ''}
        want={want}
        label={label}
        placeholder={fallback}
        onChange={(next) => set(next === '' && fallback !== '' ? undefined : next)}
      />
    </Field>
  )
}
