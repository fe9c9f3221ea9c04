'use client'

import { Field } from '#app/_ui/field.tsx'
import { Input } from '#app/_ui/input.tsx'
import type { Keys } from '#lib/workflows/draft/read.ts'
import { useEditor, useStep } from '../editor-context.ts'

type Props = {
  at: Keys
  label: string
  hint?: string
  optional?: boolean
  /** What holds when nothing is given. */
  fallback?: string
  /** What can be used there. */
  want: 'text' | 'list' | 'any'
  /** Where what is wrong with it is told, when not at its own place. */
  errorAt?: Keys
}

/** Where a value comes from: the input, or the output of an earlier step. */
export function PathField({ at, errorAt = at, label, hint, optional = false, fallback = '' }: Props) {
  const { settle } = useEditor()
  const { field } = useStep()
  const { value, set } = field(at)
  const { id, error } = field(errorAt)
  return (
    <Field id={id} label={label} hint={hint} error={error} optional={optional}>
      <Input
        className="mono"
        value={typeof value === 'string' ? value : ''}
        placeholder={fallback}
        onChange={({ target }) => set(target.value === '' && fallback !== '' ? undefined : target.value)}
        onBlur={settle}
      />
    </Field>
  )
}
