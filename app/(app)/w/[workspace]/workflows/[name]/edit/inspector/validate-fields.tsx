'use client'

import { useState } from 'react'
import { Field } from '#app/_ui/field.tsx'
import { Segmented } from '#app/_ui/segmented.tsx'
import { Select } from '#app/_ui/select.tsx'
import { Textarea } from '#app/_ui/textarea.tsx'
import { type Keys, isObject, textOf, valueAt } from '#lib/workflows/draft/read.ts'
import { useEditor, useStep } from '../editor-context.ts'
import { EntryList } from './entry-list.tsx'
import { NumberStepField } from './number-step-field.tsx'
import { PathField } from './path-field.tsx'
import { TextField } from './text-field.tsx'

const CHECKS = [
  { value: 'not_empty', label: 'Is not empty' },
  { value: 'length', label: 'Has a length' },
  { value: 'numbers_preserved', label: 'Keeps all numbers' },
  { value: 'quotes_exist', label: 'Quotes stand in the text' },
  { value: 'language', label: 'Is in a language' },
  { value: 'schema', label: 'Fits a JSON Schema' },
]

export function ValidateFields() {
  return (
    <EntryList at={['checks']} label="Checks" one="check" begins={{ check: 'not_empty', of: 'input.text' }} most={20}>
      {(index) => <CheckFields at={['checks', index]} />}
    </EntryList>
  )
}

function CheckFields({ at }: { at: Keys }) {
  const { step, field } = useStep()
  const entry = valueAt(step, at)
  const check = isObject(entry) ? entry : {}
  const kind = textOf(check, 'check')
  const own = field([...at, 'check'])
  return (
    <>
      <Field id={own.id} label="Check" error={own.error}>
        <Select
          value={kind}
          choices={CHECKS}
          onChange={({ target }) =>
            field(at).set({ check: target.value, of: textOf(check, 'of'), ...BEGINS[target.value] })
          }
        />
      </Field>
      <PathField at={[...at, 'of']} label="Of" want={kind === 'quotes_exist' || kind === 'schema' ? 'any' : 'text'} />
      {kind === 'length' ? <LengthFields at={at} /> : null}
      {kind === 'numbers_preserved' ? (
        <PathField at={[...at, 'from']} label="Numbers of" fallback="input.text" want="text" />
      ) : null}
      {kind === 'language' ? <TextField at={[...at, 'is']} label="Language" mono hint="Such as en or de" /> : null}
      {kind === 'schema' ? <SchemaField at={[...at, 'schema']} /> : null}
    </>
  )
}

const BEGINS: Partial<Record<string, object>> = {
  length: { max: 200 },
  language: { is: 'en' },
  schema: { schema: { type: 'object' } },
}

const UNITS = [
  { value: 'words', label: 'Words' },
  { value: 'characters', label: 'Characters' },
] as const

function LengthFields({ at }: { at: Keys }) {
  const { id, value, set } = useStep().field([...at, 'unit'])
  return (
    <>
      <Field id={id} label="Counted in" group>
        <Segmented fill value={value === 'characters' ? 'characters' : 'words'} onChange={set} segments={UNITS} />
      </Field>
      <div className="grid grid-cols-2 gap-2.5">
        <NumberStepField at={[...at, 'min']} label="At least" unit="unit" min={0} max={1_000_000} optional />
        <NumberStepField at={[...at, 'max']} label="At most" unit="unit" min={1} max={1_000_000} optional />
      </div>
    </>
  )
}

/** JSON that cannot be read yet stays here until it can. */
function SchemaField({ at }: { at: Keys }) {
  const { settle } = useEditor()
  const { id, value, error, set } = useStep().field(at)
  const [typed, setTyped] = useState<string | null>(null)
  function take(text: string) {
    setTyped(text)
    try {
      const read: unknown = JSON.parse(text)
      if (isObject(read)) set(read)
    } catch {
      // Half-typed JSON; the last whole value stays.
    }
  }
  const whole = typed === null || isJson(typed)
  return (
    <Field id={id} label="JSON Schema" error={whole ? error : 'This is not JSON yet. The last whole one is kept.'}>
      <Textarea
        className="mono"
        rows={4}
        spellCheck={false}
        value={typed ?? JSON.stringify(value ?? {}, null, 2)}
        onChange={({ target }) => take(target.value)}
        onBlur={() => {
          settle()
          if (whole) setTyped(null)
        }}
      />
    </Field>
  )
}

function isJson(text: string): boolean {
  try {
    return isObject(JSON.parse(text))
  } catch {
    return false
  }
}
