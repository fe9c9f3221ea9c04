'use client'

import { type KeyboardEvent, useId, useState } from 'react'

/**
 * A field with a list that stays below it (ARIA combobox): arrows move, Enter and Tab take, Escape closes, and the focus
 * stays in the field. `onPick` gets the place of what was taken.
 */
export function useCombobox({
  count,
  open,
  onOpenChange,
  onPick,
}: {
  count: number
  open: boolean
  onOpenChange: (open: boolean) => void
  onPick: (index: number) => void
}) {
  const list = useId()
  const [moved, setMoved] = useState(0)
  const active = Math.min(moved, count - 1)
  const shown = open && count > 0

  function move(by: number) {
    const next = (active + by + count) % count
    setMoved(next)
    document.getElementById(`${list}-${next}`)?.scrollIntoView({ block: 'nearest' })
  }
  return {
    shown,
    active,
    /** The list is another one now. */
    restart: () => setMoved(0),
    /** Whether the key was for the list. */
    press(event: KeyboardEvent): boolean {
      if (!shown || event.nativeEvent.isComposing) return false
      if (event.key === 'ArrowDown') move(1)
      else if (event.key === 'ArrowUp') move(-1)
      else if (event.key === 'Enter' || event.key === 'Tab') onPick(active)
      else if (event.key === 'Escape') onOpenChange(false)
      else return false
      event.preventDefault()
      event.stopPropagation()
      return true
    },
    inputProps: {
      role: 'combobox',
      'aria-expanded': shown,
      'aria-controls': shown ? list : undefined,
      'aria-activedescendant': shown ? `${list}-${active}` : undefined,
      'aria-haspopup': 'listbox' as const,
      autoComplete: 'off',
      spellCheck: false,
    },
    listProps: { id: list, role: 'listbox' },
    optionProps: (index: number) => ({
      id: `${list}-${index}`,
      role: 'option',
      'aria-selected': index === active,
      // The field keeps the focus.
      onMouseDown: (event: { preventDefault: () => void }) => event.preventDefault(),
      onClick: () => onPick(index),
      onMouseMove: () => setMoved(index),
    }),
  }
}
