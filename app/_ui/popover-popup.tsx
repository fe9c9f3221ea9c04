'use client'

import { Popover as Base } from '@base-ui/react/popover'
import type { PopupProps } from './floating.tsx'

export function PopoverPopup({ open, onOpenChange, anchor, name, align, className = '', children }: PopupProps) {
  return (
    <Base.Root
      open={open}
      onOpenChange={(next, { reason, event, cancel }) => {
        // The button itself closes it on click.
        if (reason === 'outside-press' && event.target instanceof Node && anchor.current?.contains(event.target))
          cancel()
        else onOpenChange(next)
      }}
    >
      <Base.Portal>
        <Base.Positioner anchor={anchor} sideOffset={4} align={align} className="z-50 outline-none">
          <Base.Popup
            aria-label={name}
            finalFocus={anchor}
            className={`pop float max-w-[calc(100vw-1rem)] outline-none ${className}`}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
