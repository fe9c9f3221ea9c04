'use client'

import { type ReactNode, useId } from 'react'
import { useField } from './field.tsx'

export type Segment<Value extends string> = { value: Value; label: ReactNode; icon?: ReactNode }

/** One of a few; arrow keys move. Inside a `<Field group>` the field's label names it, else pass `label`. */
export function Segmented<Value extends string>({
  value,
  onChange,
  segments,
  label,
  fill = false,
}: {
  value: Value
  onChange: (value: Value) => void
  segments: readonly Segment<Value>[]
  label?: string
  /** Equal parts over the whole width. */
  fill?: boolean
}) {
  const field = useField()
  const name = useId()
  return (
    <fieldset
      aria-label={label}
      aria-labelledby={label ? undefined : field.labelId}
      aria-describedby={label ? undefined : field.props['aria-describedby']}
      id={label ? undefined : field.props.id}
      className={`seg min-w-0 ${fill ? 'w-full! grid! grid-flow-col auto-cols-fr' : ''}`}
    >
      {segments.map((segment) => (
        <label key={segment.value} className={fill ? 'justify-center' : ''}>
          <input
            type="radio"
            name={name}
            value={segment.value}
            checked={segment.value === value}
            onChange={() => onChange(segment.value)}
          />
          {segment.icon}
          {segment.label}
        </label>
      ))}
    </fieldset>
  )
}
