'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'

export type DialogProps = {
  open: boolean
  onClose: () => void
  title: ReactNode
  description?: ReactNode
  /** Buttons, the safe one first. */
  footer?: ReactNode
  children?: ReactNode
  wide?: boolean
  initialFocus?: RefObject<HTMLElement | null>
}

export function DialogPopup({
  open,
  onClose,
  title,
  description,
  footer,
  children,
  wide = false,
  initialFocus,
}: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className="float fixed inset-0 z-50 bg-scrim" />
        <Base.Viewport className="fixed inset-0 z-50 grid place-items-center p-4 overflow-y-auto">
          <Base.Popup
            initialFocus={initialFocus}
            className={`dialog float relative p-4 w-full outline-none ${wide ? 'max-w-2xl' : 'max-w-md'}`}
          >
            <Base.Title className="text-16 pr-9">{title}</Base.Title>
            {footer ? null : (
              <Base.Close
                className="btn btn-ghost btn-sm btn-icon absolute! right-3 top-3"
                aria-label="Close"
                title="Close, Escape"
              >
                <X aria-hidden />
              </Base.Close>
            )}
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
