'use client'

import { Field } from '#app/_ui/field.tsx'
import { Textarea } from '#app/_ui/textarea.tsx'
import { useEditor, useStep } from '../editor-context.ts'

/** What has to be true for yes. */
export function ExpressionField() {
  const { settle } = useEditor()
  const { id, value, error, set } = useStep().field(['if'])
  return (
    <Field id={id} label="Goes on by yes when" note="yes or no" error={error}>
      <Textarea
        className="mono"
        rows={2}
        spellCheck={false}
        value={typeof value === 'string' ? value : ''}
        onChange={({ target }) => set(target.value)}
        onBlur={settle}
      />
    </Field>
  )
}
