'use client'

import { NumberField as Base } from '@base-ui/react/number-field'
import { Minus, Plus } from 'lucide-react'
import { useField } from './field.tsx'

/** `unit` names one of what is counted: its buttons read "One slot fewer", "One slot more". */
export function NumberField({
  value,
  onChange,
  min,
  max,
  step = 1,
  unit,
  name,
  wide = false,
  readOnlyReason,
  'aria-label': ariaLabel,
}: {
  value: number | null
  onChange: (value: number | null) => void
  min?: number
  max?: number
  step?: number
  unit: string
  name?: string
  wide?: boolean
  readOnlyReason?: string | null
  'aria-label'?: string
}) {
  const field = useField()
  const edge =
    'max-md:w-11 shrink-0 grid place-items-center border-line text-soft hover:bg-hover hover:text-ink focus-visible:-outline-offset-2 data-disabled:text-faint data-disabled:cursor-not-allowed'
  return (
    <Base.Root
      id={field.props.id}
      value={value}
      onValueChange={onChange}
      min={min}
      max={max}
      step={step}
      name={name}
      readOnly={Boolean(readOnlyReason)}
      format={{ useGrouping: false }}
      className={wide ? 'flex' : 'inline-flex'}
    >
      <Base.Group
        title={readOnlyReason ?? undefined}
        className={`flex ${wide ? 'w-full' : ''} h-8 max-md:h-11 rounded-md border ${field.invalid ? 'border-failed' : 'border-control'} bg-raised overflow-hidden hover:border-soft has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-ring has-[input:focus-visible]:-outline-offset-1`}
      >
        <Base.Decrement className={`${wide ? 'w-8' : 'w-7'} border-r ${edge}`} aria-label={`One ${unit} fewer`}>
          <Minus className="i-sm" aria-hidden />
        </Base.Decrement>
        <Base.Input
          aria-label={ariaLabel}
          aria-describedby={field.props['aria-describedby']}
          aria-invalid={field.props['aria-invalid']}
          className={`${wide ? 'min-w-0 flex-1' : 'w-10 max-md:w-12'} text-center num font-medium outline-none bg-transparent max-md:text-16`}
        />
        <Base.Increment className={`${wide ? 'w-8' : 'w-7'} border-l ${edge}`} aria-label={`One ${unit} more`}>
          <Plus className="i-sm" aria-hidden />
        </Base.Increment>
      </Base.Group>
    </Base.Root>
  )
}
