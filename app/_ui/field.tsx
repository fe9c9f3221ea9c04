'use client'

import { CircleAlert } from 'lucide-react'
import { createContext, type ReactNode, useContext, useId } from 'react'

type FieldIds = { id: string; labelId: string; describedBy: string | undefined; invalid: boolean }

const FieldContext = createContext<FieldIds | null>(null)

/** Label above, hint or error below, never both; controls inside take id and description from here. */
export function Field({
  label,
  optional = false,
  note,
  hint,
  error,
  id: givenId,
  hideLabel = false,
  group = false,
  className = '',
  children,
}: {
  label: ReactNode
  optional?: boolean
  /** Small words beside the label. */
  note?: ReactNode
  hint?: ReactNode
  error?: string | null
  id?: string
  hideLabel?: boolean
  /** For controls that are a group (radios, segmented): the label names the group, it is not bound to one input. */
  group?: boolean
  className?: string
  children: ReactNode
}) {
  const generated = useId()
  const id = givenId ?? generated
  const labelId = `${id}-label`
  const describedBy = error ? `${id}-error` : hint ? `${id}-hint` : undefined
  const small = optional ? 'optional' : note
  const content = (
    <>
      {label}
      {small ? <small> {small}</small> : null}
    </>
  )
  const labelClass = hideLabel ? 'sr' : 'label'
  return (
    <FieldContext value={{ id, labelId, describedBy, invalid: Boolean(error) }}>
      <div className={`field min-w-0 ${className}`}>
        {group ? (
          <span id={labelId} className={labelClass}>
            {content}
          </span>
        ) : (
          <label id={labelId} htmlFor={id} className={labelClass}>
            {content}
          </label>
        )}
        {children}
        {error ? (
          <p className="err" id={`${id}-error`}>
            <CircleAlert className="i-sm" aria-hidden />
            {error}
          </p>
        ) : hint ? (
          <p className="hint" id={`${id}-hint`}>
            {hint}
          </p>
        ) : null}
      </div>
    </FieldContext>
  )
}

/** What a control inside a Field needs: `{...useField().props}` on the input. */
export function useField() {
  const field = useContext(FieldContext)
  return {
    labelId: field?.labelId,
    invalid: field?.invalid ?? false,
    props: field
      ? { id: field.id, 'aria-describedby': field.describedBy, 'aria-invalid': field.invalid || undefined }
      : {},
  }
}
