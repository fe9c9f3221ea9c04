'use client'

import type { ReactElement, ReactNode } from 'react'
import { Floating, type TriggerProps } from './floating.tsx'
import { onDemand } from './on-demand.tsx'

const popup = onDemand(async () => (await import('./popover-popup.tsx')).PopoverPopup)

/** A button that opens a small form beside itself. `className` gives the form its size. */
export function Popover({
  trigger,
  label,
  name,
  align = 'end',
  className,
  open,
  onOpenChange,
  children,
}: {
  trigger: ReactElement<TriggerProps>
  label?: string
  /** What the form is called. */
  name: string
  align?: 'start' | 'end'
  className: string
  /** Both or neither: whoever gives them decides when it closes. */
  open?: boolean
  onOpenChange?: (open: boolean) => void
  children: ReactNode
}) {
  return (
    <Floating
      popup={popup}
      kind="dialog"
      trigger={trigger}
      label={label}
      name={name}
      align={align}
      className={className}
      open={open}
      onOpenChange={onOpenChange}
    >
      {children}
    </Floating>
  )
}
