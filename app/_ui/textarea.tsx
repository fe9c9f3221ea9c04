'use client'

import type { ComponentProps } from 'react'
import { useField } from './field.tsx'

/** `document` sets it in serif: the text is a person's. It grows with its text. */
export function Textarea({
  document = false,
  className = '',
  ...rest
}: ComponentProps<'textarea'> & { document?: boolean }) {
  const field = useField()
  return (
    <textarea
      dir={document ? 'auto' : undefined}
      {...field.props}
      {...rest}
      className={`area field-sizing-content ${document ? 'doc' : ''} ${className}`}
    />
  )
}
