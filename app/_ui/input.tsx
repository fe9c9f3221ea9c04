'use client'

import type { ComponentProps } from 'react'
import { useField } from './field.tsx'

export function Input({ className = '', ...rest }: ComponentProps<'input'>) {
  const field = useField()
  return <input {...field.props} {...rest} className={`input ${className}`} />
}
