'use client'

import { Eye, EyeOff } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Field } from './field.tsx'
import { Input } from './input.tsx'

/** Pasting and password managers work; the eye shows what was typed. */
export function PasswordField({
  label = 'Password',
  name = 'password',
  autoComplete,
  defaultValue,
  hint,
  error,
  aside,
  tall = false,
}: {
  label?: string
  name?: string
  autoComplete: 'current-password' | 'new-password'
  defaultValue?: string
  hint?: ReactNode
  error?: string | null
  /** Stands at the label's right. */
  aside?: ReactNode
  /** As high as the fields of a page that has only a form. */
  tall?: boolean
}) {
  const [shown, setShown] = useState(false)
  const action = shown ? 'Hide password' : 'Show password'
  return (
    <div className="relative">
      {aside ? <span className="absolute right-0 top-0 z-1 text-12">{aside}</span> : null}
      <Field label={label} hint={hint} error={error}>
        <div className="relative">
          <Input
            name={name}
            type={shown ? 'text' : 'password'}
            autoComplete={autoComplete}
            autoCapitalize="none"
            spellCheck={false}
            required
            maxLength={1000}
            defaultValue={defaultValue}
            className={`pr-11! ${tall ? 'h-10!' : ''}`}
          />
          <button
            type="button"
            className="absolute right-1 inset-y-0 my-auto size-7 grid place-items-center rounded-sm text-soft hover:text-ink"
            aria-label={action}
            title={action}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
          >
            {shown ? <EyeOff className="i" aria-hidden /> : <Eye className="i" aria-hidden />}
          </button>
        </div>
      </Field>
    </div>
  )
}
