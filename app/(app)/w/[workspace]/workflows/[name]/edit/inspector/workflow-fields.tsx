'use client'

import { Field } from '#app/_ui/field.tsx'
import { Input } from '#app/_ui/input.tsx'
import { Textarea } from '#app/_ui/textarea.tsx'
import { textOf } from '#lib/workflows/draft/read.ts'
import { fieldId, useEditor } from '../editor-context.ts'

/** What people read before they start it. */
export function WorkflowFields() {
  const { draft, edit, settle, workflowError } = useEditor()
  return (
    <>
      <Field id={fieldId('title')} label="Title" error={workflowError('title')}>
        <Input
          value={textOf(draft, 'title')}
          onChange={({ target }) => edit({ do: 'set', at: ['title'], to: target.value })}
          onBlur={settle}
        />
      </Field>
      <Field
        id={fieldId('summary')}
        label="Summary"
        hint="What it is for, in a sentence"
        error={workflowError('summary')}
      >
        <Textarea
          rows={3}
          value={textOf(draft, 'summary')}
          onChange={({ target }) => edit({ do: 'set', at: ['summary'], to: target.value })}
          onBlur={settle}
        />
      </Field>
      <p className="text-12 text-soft">Choose a step to see its fields.</p>
    </>
  )
}
