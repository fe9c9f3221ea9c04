'use client'

import { Menu as Base } from '@base-ui/react/menu'
import { useRef } from 'react'
import type { PopupProps } from './floating.tsx'
import { MenuParts } from './menu-parts.ts'

export function MenuPopup({ open, onOpenChange, anchor, labelledBy, byKey, align, children }: PopupProps) {
  const popup = useRef<HTMLDivElement>(null)
  // The types leave it out; without a trigger of its own, the menu cannot see that a key opened it.
  const firstEntry = () => popup.current?.querySelector<HTMLElement>('[role^=menuitem]') ?? true
  return (
    <Base.Root
      modal={false}
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
            ref={popup}
            aria-labelledby={labelledBy}
            {...(byKey ? { initialFocus: firstEntry } : {})}
            finalFocus={anchor}
            className="pop float p-1 min-w-48 max-w-[calc(100vw-1rem)] max-h-(--available-height) overflow-y-auto outline-none"
          >
            <MenuParts value={Base}>{children}</MenuParts>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
