'use client'

import { Link2, Link2Off } from 'lucide-react'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { isObject, textOf, valueAt } from '#lib/workflows/draft/read.ts'
import type { OptionControl } from '../../../../tasks/new/option-controls.ts'
import { OptionField } from '../../../../tasks/new/option-fields.tsx'
import { useEditor, useStep } from '../editor-context.ts'
import { PathField } from './path-field.tsx'

/** What the worker is told: each option as a value, or as the output of an earlier step. */
export function OptionsFields() {
  const { workers } = useEditor()
  const { step } = useStep()
  const worker = workers.find(({ name }) => name === textOf(step, 'worker'))
  if (!worker || worker.controls.length === 0) return null
  return (
    <fieldset className="flex flex-col gap-3.5 min-w-0">
      <legend className="label mb-2">Options</legend>
      {worker.controls.map((control) => (
        <StepOption key={control.name} control={control} />
      ))}
    </fieldset>
  )
}

function StepOption({ control }: { control: OptionControl }) {
  const { settle } = useEditor()
  const { step, field } = useStep()
  const at = ['options', control.name]
  const { id, value, error, set } = field(at)
  const linked = isObject(value) && Object.keys(value).length === 1 && typeof value['from'] === 'string'
  return (
    <div className="flex items-start gap-1 min-w-0">
      <div className="flex-1 min-w-0" onBlur={settle}>
        {linked ? (
          <PathField at={[...at, 'from']} errorAt={at} label={control.title} hint="From an earlier step" want="any" />
        ) : (
          <OptionField
            id={id}
            control={control}
            value={value ?? control.initial}
            error={error ?? innerError(step, field, at)}
            onChange={set}
          />
        )}
      </div>
      <IconButton
        size="sm"
        className="mt-6"
        label={linked ? `Give ${control.title} a value` : `Take ${control.title} from an earlier step`}
        icon={linked ? <Link2Off aria-hidden /> : <Link2 aria-hidden />}
        onClick={() => set(linked ? undefined : { from: '' })}
      />
    </div>
  )
}

/** What is wrong with an entry of a list stands at the list. */
function innerError(
  step: ReturnType<typeof useStep>['step'],
  field: ReturnType<typeof useStep>['field'],
  at: string[],
): string | null {
  const value = valueAt(step, at)
  if (!Array.isArray(value)) return null
  for (let index = 0; index < value.length; index += 1) {
    const entry: unknown = value[index]
    const keys = isObject(entry) ? Object.keys(entry) : []
    const found = [[...at, index], ...keys.map((key) => [...at, index, key])].map((keysOf) => field(keysOf).error)
    const error = found.find((one) => one !== null)
    if (error) return error
  }
  return null
}
