'use client'

import { Field } from '#app/_ui/field.tsx'
import { Segmented } from '#app/_ui/segmented.tsx'
import { Select } from '#app/_ui/select.tsx'
import { textOf } from '#lib/workflows/draft/read.ts'
import { useEditor, useStep } from '../editor-context.ts'
import { DurationField } from './duration-field.tsx'
import { PathField } from './path-field.tsx'
import { TextField } from './text-field.tsx'

export function ConditionFields() {
  return (
    <PathField at={['if']} label="Goes on by yes when" want="expression" hint="Ctrl+Space shows what can be asked." />
  )
}

const SHAPES = [
  { value: 'text', label: 'Text' },
  { value: 'list', label: 'List' },
] as const

export function JoinFields() {
  const { step, field } = useStep()
  const { id, error, set } = field(['as'])
  return (
    <>
      <PathField at={['from']} label="Puts together" want={textOf(step, 'as') === 'list' ? 'any' : 'text'} />
      <Field id={id} label="As" error={error} group>
        <Segmented fill value={textOf(step, 'as') === 'list' ? 'list' : 'text'} onChange={set} segments={SHAPES} />
      </Field>
    </>
  )
}

const MONTH_SECONDS = 31 * 86_400

export function WaitFields() {
  return <DurationField at={['seconds']} label="Waits" of={1} max={MONTH_SECONDS} />
}

export function WebhookFields() {
  return (
    <>
      <TextField at={['url']} label="Address" mono hint="It is called by POST and signed." />
      <PathField at={['body']} label="Sends" fallback="input.text" want="any" />
    </>
  )
}

export function SubWorkflowFields() {
  const { workflows } = useEditor()
  const { id, value, error, set } = useStep().field(['workflow'])
  const choices = workflows.map(({ name, title }) => ({ value: name, label: title }))
  const known = workflows.some(({ name }) => name === value)
  const held = typeof value === 'string' && value !== '' ? value : null
  return (
    <>
      <Field id={id} label="Workflow" error={error} hint="As it is published when this one is">
        <Select
          value={held ?? ''}
          choices={known ? choices : [{ value: held ?? '', label: held ?? 'Choose a workflow' }, ...choices]}
          onChange={({ target }) => set(target.value)}
        />
      </Field>
      <PathField at={['text']} label="Reads" fallback="input.text" want="text" />
    </>
  )
}
