'use client'

import { Field } from '#app/_ui/field.tsx'
import { Input } from '#app/_ui/input.tsx'
import { Textarea } from '#app/_ui/textarea.tsx'
import type { Keys } from '#lib/workflows/draft/read.ts'
import { useEditor, useStep } from '../editor-context.ts'

type Props = { at: Keys; label: string; hint?: string; optional?: boolean; long?: boolean; mono?: boolean }

export function TextField({ at, label, hint, optional = false, long = false, mono = false }: Props) {
  const { settle } = useEditor()
  const { id, value, error, set } = useStep().field(at)
  const Control = long ? Textarea : Input
  return (
    <Field id={id} label={label} hint={hint} error={error} optional={optional}>
      <Control
        className={mono ? 'mono' : ''}
        value={typeof value === 'string' ? value : ''}
        onChange={({ target }: { target: { value: string } }) =>
          set(target.value === '' && optional ? undefined : target.value)
        }
        onBlur={settle}
      />
    </Field>
  )
}
