'use client'

import { useState } from 'react'
import { Field } from '#app/_ui/field.tsx'
import { Input } from '#app/_ui/input.tsx'
import { Select } from '#app/_ui/select.tsx'
import type { Keys } from '#lib/workflows/draft/read.ts'
import { useEditor, useStep } from '../editor-context.ts'

const UNITS = [
  { value: '86400', label: 'days' },
  { value: '3600', label: 'hours' },
  { value: '60', label: 'minutes' },
  { value: '1', label: 'seconds' },
]

type Props = {
  at: Keys
  label: string
  /** How many seconds one of what is stored has. */
  of: number
  /** In what is stored. */
  max: number
  optional?: boolean
  hint?: string
}

/** A length of time in the unit in which it is the shortest to say. */
export function DurationField({ at, label, of, max, optional = false, hint }: Props) {
  const { settle } = useEditor()
  const { id, value, error, set } = useStep().field(at)
  const seconds = typeof value === 'number' ? value * of : null
  const [chosen, setChosen] = useState<number | null>(null)
  const units = UNITS.filter((unit) => Number(unit.value) >= Math.min(of, 60) || of === 1)
  const unit =
    chosen ?? (seconds === null ? 3_600 : Number(units.find((one) => seconds % Number(one.value) === 0)?.value ?? 1))
  return (
    <Field id={id} label={label} hint={hint} error={error} optional={optional}>
      <div className="flex gap-2">
        <Input
          type="number"
          className="num"
          min={0}
          step="any"
          max={(max * of) / unit}
          value={seconds === null ? '' : Number((seconds / unit).toFixed(2))}
          onChange={({ target }) =>
            set(target.value === '' ? undefined : Number(((Number(target.value) * unit) / of).toFixed(4)))
          }
          onBlur={settle}
        />
        <Select
          id={`${id}-unit`}
          aria-label={`Unit of ${label}`}
          aria-describedby={undefined}
          className="w-28!"
          value={String(unit)}
          choices={units}
          onChange={({ target }) => {
            setChosen(Number(target.value))
            if (seconds !== null) set(Number((((seconds / unit) * Number(target.value)) / of).toFixed(4)))
          }}
        />
      </div>
    </Field>
  )
}
