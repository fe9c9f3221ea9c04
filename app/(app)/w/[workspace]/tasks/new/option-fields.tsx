'use client'

import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { Field } from '#app/_ui/field.tsx'
import { Input } from '#app/_ui/input.tsx'
import { NumberField } from '#app/_ui/number-field.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { Segmented } from '#app/_ui/segmented.tsx'
import { Select } from '#app/_ui/select.tsx'
import { TagInput } from '#app/_ui/tag-input.tsx'
import { Textarea } from '#app/_ui/textarea.tsx'
import type { CatalogueWorker } from './catalogue.ts'
import { entryLabel, type OptionControl, relabelled } from './option-controls.ts'

/** The options of a worker, each with the control that its schema asks for. */
export function OptionFields({
  worker,
  values,
  onChange,
  onReset,
  errorOf,
}: {
  worker: CatalogueWorker
  /** What differs from the initial values. */
  values: Record<string, unknown>
  onChange: (name: string, value: unknown) => void
  onReset: () => void
  errorOf: (field: string) => string | null
}) {
  const changed = Object.keys(values).length > 0
  return (
    <Panel
      title="Options"
      note={`of the ${worker.title}`}
      end={
        changed ? (
          <Button kind="ghost" size="sm" icon={<RotateCcw aria-hidden />} onClick={onReset}>
            Reset
          </Button>
        ) : null
      }
    >
      <div className="p-3.5 grid grid-cols-1 gap-x-4 gap-y-4 md:grid-cols-2 xl:grid-cols-3">
        {worker.controls.map((control) => (
          <OptionField
            key={`${worker.name}.${control.name}`}
            id={`field-option-${control.name}`}
            control={control}
            value={values[control.name] ?? control.initial}
            onChange={(value) => onChange(control.name, value)}
            error={errorOf(`option-${control.name}`)}
          />
        ))}
      </div>
    </Panel>
  )
}

type FieldProps = {
  /** Of the control. */
  id: string
  control: OptionControl
  value: unknown
  onChange: (value: unknown) => void
  error: string | null
}

/** One option, with the control that its schema asks for. */
export function OptionField({ id, control, value, onChange, error }: FieldProps) {
  const wide = control.kind === 'list' || control.kind === 'json' || (control.kind === 'text' && control.long)
  const few = control.kind === 'choice' && control.choices.length <= 3 && shortLabels(control.choices)
  if (control.kind === 'switch')
    return (
      <div className="field">
        <span className="label max-md:hidden" aria-hidden>
          &nbsp;
        </span>
        <label className="flex items-start gap-2 min-h-8 max-md:min-h-11 pt-1.5">
          <input
            id={id}
            type="checkbox"
            className="check mt-0.5"
            checked={value === true}
            onChange={(event) => onChange(event.target.checked)}
          />
          <span>
            <span className="font-medium">{control.title}</span>
            {control.description ? <span className="block hint">{control.description}</span> : null}
          </span>
        </label>
      </div>
    )
  return (
    <Field
      id={id}
      label={control.title}
      note={control.kind === 'list' && Array.isArray(value) && value.length > 0 ? String(value.length) : undefined}
      hint={hintOf(control)}
      error={error}
      group={few}
      className={wide ? 'md:col-span-full' : ''}
    >
      <OptionInput control={control} value={value} onChange={onChange} few={few} />
    </Field>
  )
}

function OptionInput({ control, value, onChange, few }: Omit<FieldProps, 'error' | 'id'> & { few: boolean }) {
  if (control.kind === 'choice' && few)
    return <Segmented fill value={String(value)} onChange={onChange} segments={control.choices} />
  if (control.kind === 'choice')
    return <Select value={String(value)} choices={control.choices} onChange={(event) => onChange(event.target.value)} />
  if (control.kind === 'number')
    return (
      <NumberField
        wide
        value={typeof value === 'number' ? value : null}
        min={control.min}
        max={control.max}
        unit={control.title.toLowerCase().replace(/s?, at most$/, '')}
        onChange={onChange}
      />
    )
  if (control.kind === 'list') {
    const entries = Array.isArray(value) ? value : []
    return (
      <TagInput
        values={entries.map(entryLabel)}
        max={control.maxItems}
        onChange={(labels) => onChange(relabelled(entries, labels))}
        placeholder="Add one"
      />
    )
  }
  const text = typeof value === 'string' ? value : ''
  if (control.kind === 'text')
    return control.long ? (
      <Textarea rows={3} value={text} onChange={(event) => onChange(event.target.value)} />
    ) : (
      <Input value={text} onChange={(event) => onChange(event.target.value)} />
    )
  return <JsonInput value={value} onChange={onChange} />
}

/** For shapes that no other control fits. */
function JsonInput({ value, onChange }: { value: unknown; onChange: (value: unknown) => void }) {
  const [text, setText] = useState(() => JSON.stringify(value, null, 2) ?? '')
  return (
    <Textarea
      rows={4}
      className="mono"
      value={text}
      onChange={(event) => {
        setText(event.target.value)
        try {
          onChange(JSON.parse(event.target.value))
        } catch {
          // Half-typed JSON is not an error yet; the last whole value stays.
        }
      }}
    />
  )
}

function hintOf(control: OptionControl): string | undefined {
  if (control.kind !== 'list') return control.description ?? undefined
  return [control.description, 'Enter adds, Backspace removes the last one.'].filter(Boolean).join(' ')
}

function shortLabels(choices: readonly { label: string }[]): boolean {
  return choices.reduce((length, choice) => length + choice.label.length, 0) <= 24
}
