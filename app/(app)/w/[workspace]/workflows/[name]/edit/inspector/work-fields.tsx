'use client'

import { Field } from '#app/_ui/field.tsx'
import { Segmented } from '#app/_ui/segmented.tsx'
import { Select } from '#app/_ui/select.tsx'
import { textOf } from '#lib/workflows/draft/read.ts'
import { useEditor, useStep } from '../editor-context.ts'
import { NumberStepField } from './number-step-field.tsx'
import { OptionsFields } from './options-fields.tsx'
import { PathField } from './path-field.tsx'
import { TextField } from './text-field.tsx'

export function WorkerFields() {
  return (
    <>
      <WorkerSelect label="Worker" />
      <PathField at={['text']} label="Reads" fallback="input.text" want="text" />
      <OptionsFields />
    </>
  )
}

const OVER = [
  { value: 'chunks', label: 'Parts of the text' },
  { value: 'pages', label: 'Pages of the text' },
  { value: 'list', label: 'A list' },
] as const

export function MapFields() {
  const { step, field } = useStep()
  const over = textOf(step, 'over')
  const { id, set } = field(['over'])
  const kind = over === 'chunks' || over === 'pages' ? over : 'list'
  return (
    <>
      <WorkerSelect label="Worker for each item" />
      <Field id={kind === 'list' ? `${id}-kind` : id} label="Works through" group>
        <Segmented fill value={kind} onChange={(next) => set(next === 'list' ? '' : next)} segments={OVER} />
      </Field>
      {kind === 'list' ? <PathField at={['over']} label="List" want="list" /> : null}
      {kind === 'chunks' ? (
        <NumberStepField
          at={['chunkCharacters']}
          label="Length of a part, at most"
          hint="In characters"
          unit="character"
          min={500}
          max={50_000}
          step={500}
          fallback={12_000}
        />
      ) : null}
      <NumberStepField at={['mayFail']} label="Items that may fail" unit="item" min={0} max={1_000} fallback={0} />
      <OptionsFields />
    </>
  )
}

function WorkerSelect({ label }: { label: string }) {
  const { workers } = useEditor()
  const { id, value, error, set } = useStep().field(['worker'])
  const held = typeof value === 'string' ? value : ''
  const known = workers.some(({ name }) => name === held)
  const choices = workers.map(({ name, title }) => ({ value: name, label: title }))
  return (
    <Field id={id} label={label} error={error} hint={workers.find(({ name }) => name === value)?.summary}>
      <Select
        value={held}
        choices={known ? choices : [{ value: held, label: held || 'Choose a worker' }, ...choices]}
        onChange={({ target }) => set(target.value)}
      />
    </Field>
  )
}

const ENGINES = [
  { value: '', label: 'As the run says' },
  { value: 'auto', label: 'Automatic' },
  { value: 'rules', label: 'Built-in engine' },
  { value: 'model', label: 'AI model' },
]

/** Who answers, how often it is tried and how long it may take. */
export function EffortFields() {
  const { model } = useEditor()
  const { id, value, error, set } = useStep().field(['engine'])
  return (
    <>
      <Field id={id} label="Engine" error={error}>
        <Select
          value={typeof value === 'string' ? value : ''}
          choices={ENGINES}
          onChange={({ target }) => set(target.value === '' ? undefined : target.value)}
        />
      </Field>
      <TextField
        at={['model']}
        label="Model"
        optional
        mono
        hint={model ? `Without one it is ${model.name}.` : 'Without one it is the connected model.'}
      />
      <div className="grid grid-cols-2 gap-2.5">
        <NumberStepField at={['attempts']} label="Attempts" unit="attempt" min={1} max={10} optional />
        <NumberStepField at={['timeoutSeconds']} label="Time limit, s" unit="second" min={1} max={600} optional />
      </div>
    </>
  )
}
