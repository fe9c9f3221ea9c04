'use client'

import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import type { ReactNode } from 'react'
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
  return (
    <RadioGroup
      value={value}
      onValueChange={(next) => onChange(next)}
      aria-label={label}
      aria-labelledby={label ? undefined : field.labelId}
      aria-describedby={field.props['aria-describedby']}
      id={field.props.id}
      className={`seg ${fill ? 'w-full! grid! grid-flow-col auto-cols-fr' : ''}`}
    >
      {segments.map((segment) => (
        <Radio.Root
          key={segment.value}
          value={segment.value}
          nativeButton
          render={<button type="button" />}
          className={fill ? 'justify-center' : ''}
        >
          {segment.icon}
          {segment.label}
        </Radio.Root>
      ))}
    </RadioGroup>
  )
}
