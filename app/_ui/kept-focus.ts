'use client'

import { useEffect } from 'react'

/**
 * What had the focus is taken off the page by its own effect: then the first of the elements that a `data-focus-next`
 * around it names (by id) and that is seen takes it over. Without this the focus falls to the top of the document.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let held: { element: Element; next: string[] } | null = null
    const observer = new MutationObserver(() => {
      if (held === null || held.element.isConnected) return
      const { next } = held
      held = null
      if (document.activeElement === null || document.activeElement === document.body) focusFirst(next)
    })
    function hold({ target }: FocusEvent) {
      const element = target instanceof Element ? target : null
      const ids = element?.closest<HTMLElement>('[data-focus-next]')?.dataset['focusNext']
      held = element === null || ids === undefined ? null : { element, next: ids.split(' ') }
      observer.disconnect()
      if (held !== null) observer.observe(document.body, { childList: true, subtree: true })
    }
    document.addEventListener('focusin', hold)
    return () => {
      document.removeEventListener('focusin', hold)
      observer.disconnect()
    }
  }, [])
}

function focusFirst(ids: readonly string[]): void {
  for (const id of ids) {
    const element = document.getElementById(id)
    if (element === null || element.getClientRects().length === 0) continue
    element.focus({ preventScroll: true })
    return
  }
}
