'use client'

import { Field } from '#app/_ui/field.tsx'
import { Segmented } from '#app/_ui/segmented.tsx'
import { Select } from '#app/_ui/select.tsx'
import { TagInput } from '#app/_ui/tag-input.tsx'
import { type Keys, textOf, valueAt } from '#lib/workflows/draft/read.ts'
import { useStep } from '../editor-context.ts'
import { DurationField } from './duration-field.tsx'
import { EntryList } from './entry-list.tsx'
import { PathField } from './path-field.tsx'
import { TextField } from './text-field.tsx'

const ROLES = [
  { value: 'members', label: 'Members' },
  { value: 'admins', label: 'Admins' },
] as const

const AFTERWARDS = [
  { value: 'reject', label: 'It counts as rejected' },
  { value: 'approve', label: 'It counts as approved' },
  { value: 'fail', label: 'The step fails' },
]

export function ApprovalFields() {
  const { step, field } = useStep()
  const approvers = field(['approvers'])
  const onTimeout = field(['onTimeout'])
  return (
    <>
      <TextField at={['question']} label="Question" long />
      <Field id={approvers.id} label="Who may decide" error={approvers.error} group>
        <Segmented
          fill
          value={textOf(step, 'approvers') === 'admins' ? 'admins' : 'members'}
          onChange={approvers.set}
          segments={ROLES}
        />
      </Field>
      <Check at={['notSubmitter']} label="Not whoever started the run" />
      <DurationField
        at={['timeoutHours']}
        label="Time limit"
        of={3_600}
        max={2_160}
        optional
        hint="Without one a run may wait for ever."
      />
      {step['timeoutHours'] === undefined ? null : (
        <Field id={onTimeout.id} label="When the time has run out" error={onTimeout.error}>
          <Select
            value={textOf(step, 'onTimeout') || 'reject'}
            choices={AFTERWARDS}
            onChange={({ target }) => onTimeout.set(target.value)}
          />
        </Field>
      )}
      <EntryList at={['show']} label="Shown for it" one="value" begins="input.text" most={5}>
        {(index) => <PathField at={['show', index]} label={`Value ${index + 1}`} want="any" />}
      </EntryList>
      <EntryList
        at={['fields']}
        label="Asked beside the decision"
        one="field"
        begins={{ name: 'note', title: 'Note', kind: 'text' }}
        most={10}
      >
        {(index) => <AskedField at={['fields', index]} />}
      </EntryList>
    </>
  )
}

const KINDS = [
  { value: 'text', label: 'Text' },
  { value: 'choice', label: 'Choice' },
] as const

function AskedField({ at }: { at: Keys }) {
  const { step, field } = useStep()
  const kind = field([...at, 'kind'])
  const choices = field([...at, 'choices'])
  const held = valueAt(step, [...at, 'choices'])
  return (
    <>
      <TextField at={[...at, 'title']} label="Title" />
      <TextField at={[...at, 'name']} label="Name" mono />
      <Field id={kind.id} label="Answer" error={kind.error} group>
        <Segmented fill value={kind.value === 'choice' ? 'choice' : 'text'} onChange={kind.set} segments={KINDS} />
      </Field>
      {kind.value === 'choice' ? (
        <Field id={choices.id} label="Choices" error={choices.error} hint="Enter adds one.">
          <TagInput values={Array.isArray(held) ? held.map(String) : []} max={20} onChange={choices.set} />
        </Field>
      ) : null}
      <Check at={[...at, 'required']} label="Must be answered" />
    </>
  )
}

function Check({ at, label }: { at: Keys; label: string }) {
  const { id, value, set } = useStep().field(at)
  return (
    <label className="flex items-center gap-2 min-h-6 max-md:min-h-11 self-start">
      <input
        id={id}
        type="checkbox"
        className="check"
        checked={value === true}
        onChange={({ target }) => set(target.checked || undefined)}
      />
      <span className="font-medium">{label}</span>
    </label>
  )
}
