'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import type { ReactNode, RefObject } from 'react'

/** To confirm or to create: a question, its cost, a named answer. Escape and the backdrop close it. */
export function Dialog({
  open,
  onClose,
  title,
  description,
  footer,
  children,
  wide = false,
  initialFocus,
}: {
  open: boolean
  onClose: () => void
  title: ReactNode
  description?: ReactNode
  /** Buttons, the safe one first. */
  footer?: ReactNode
  children?: ReactNode
  wide?: boolean
  initialFocus?: RefObject<HTMLElement | null>
}) {
  return (
    <Base.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className="float fixed inset-0 z-50 bg-scrim" />
        <Base.Viewport className="fixed inset-0 z-50 grid place-items-center p-4 overflow-y-auto">
          <Base.Popup
            initialFocus={initialFocus}
            className={`dialog float p-4 w-full outline-none ${wide ? 'max-w-2xl' : 'max-w-md'}`}
          >
            <Base.Title className="text-16">{title}</Base.Title>
            {description ? (
              <Base.Description render={<div />} className="text-soft mt-1">
                {description}
              </Base.Description>
            ) : null}
            {children ? <div className="mt-4">{children}</div> : null}
            {footer ? <div className="flex flex-wrap justify-end gap-2 mt-4">{footer}</div> : null}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
