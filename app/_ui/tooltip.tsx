'use client'

import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'

/** A label, a key or a reason, on hover and on focus. The trigger keeps its own accessible name. */
export function Tooltip({ content, kbd, children }: { content: ReactNode; kbd?: string; children: ReactElement }) {
  return (
    <Base.Root>
      <Base.Trigger render={children} delay={400} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className="z-60">
          <Base.Popup className="float inline-flex items-center gap-2 min-h-7 px-2 py-1 max-w-72 rounded-md bg-ink text-sheet text-12 font-medium shadow-2">
            {content}
            {kbd ? <span className="opacity-75">{kbd}</span> : null}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export const TooltipProvider = Base.Provider
