'use client'

import {
  cloneElement,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  type Ref,
  type RefObject,
  useId,
  useRef,
  useState,
} from 'react'
import type { OnDemand } from './on-demand.tsx'

/** What the button that opens something has to take and hand on to its `<button>`. */
export type TriggerProps = {
  ref?: Ref<HTMLButtonElement>
  id?: string
  'aria-label'?: string
  'aria-haspopup'?: 'menu' | 'dialog'
  'aria-expanded'?: boolean
  onClick?: (event: MouseEvent<HTMLButtonElement>) => void
  onKeyDown?: (event: KeyboardEvent<HTMLButtonElement>) => void
  onPointerEnter?: () => void
  onFocus?: () => void
}

export type PopupProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** The button it hangs on, which also gets the focus back. */
  anchor: RefObject<HTMLButtonElement | null>
  labelledBy: string
  /** The popup's own name; else the button names it. */
  name?: string
  /** Whether a key opened it: then the first entry takes the focus. */
  byKey: boolean
  align: 'start' | 'end'
  className?: string
  children: ReactNode
}

/**
 * A button with what opens at it. What opens is loaded when the pointer or the focus comes near; a press that is
 * faster than that is kept, and opens it as soon as it is there.
 */
export function Floating({
  popup,
  kind,
  trigger,
  label,
  name,
  align,
  className,
  open: openFromOutside,
  onOpenChange,
  children,
}: {
  popup: OnDemand<PopupProps>
  kind: 'menu' | 'dialog'
  trigger: ReactElement<TriggerProps>
  label?: string
  name?: string
  align: 'start' | 'end'
  className?: string
  open?: boolean
  onOpenChange?: (open: boolean) => void
  children: ReactNode
}) {
  const [openHere, setOpenHere] = useState(false)
  const [byKey, setByKey] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  const open = openFromOutside ?? openHere
  const setOpen = onOpenChange ?? setOpenHere
  const show = (key: boolean) => {
    setByKey(key)
    setOpen(true)
  }
  return (
    <>
      {cloneElement(trigger, {
        ref: button,
        id,
        'aria-label': label ?? trigger.props['aria-label'],
        'aria-haspopup': kind,
        'aria-expanded': open,
        onPointerEnter: popup.load,
        onFocus: popup.load,
        // A click that no pointer made has no count.
        onClick: (event) => (open ? setOpen(false) : show(event.detail === 0)),
        onKeyDown: (event) => {
          if (kind !== 'menu' || open || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
          event.preventDefault()
          show(true)
        },
      })}
      <popup.Part
        wanted={open}
        onFail={() => setOpen(false)}
        props={{ open, onOpenChange: setOpen, anchor: button, labelledBy: id, name, byKey, align, className, children }}
      />
    </>
  )
}
