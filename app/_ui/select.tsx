'use client'

import type { ComponentProps } from 'react'
import { useField } from './field.tsx'

export type Choice = { value: string; label: string; disabled?: boolean }

export function Select({
  choices,
  className = '',
  ...rest
}: Omit<ComponentProps<'select'>, 'children'> & { choices: readonly Choice[] }) {
  const field = useField()
  return (
    <select {...field.props} {...rest} className={`select ${className}`}>
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value} disabled={choice.disabled}>
          {choice.label}
        </option>
      ))}
    </select>
  )
}
