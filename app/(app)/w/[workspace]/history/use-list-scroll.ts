'use client'

import { useEffect, useLayoutEffect, useRef } from 'react'

const PLACES = new Map<string, number>()
const SCROLLER = '[role=region][aria-label=Tasks]'

/** Back from a task, the list stands where it was left; a browser does this for the window, not for a pane. */
export function useListScroll(address: string, ready: boolean): void {
  const restored = useRef(false)
  useLayoutEffect(() => {
    if (!ready || restored.current) return
    restored.current = true
    const place = PLACES.get(address)
    const pane = document.querySelector(SCROLLER)
    if (place !== undefined && pane) pane.scrollTop = place
  }, [address, ready])
  useEffect(() => {
    const note = (event: Event) => {
      if (event.target instanceof Element && event.target.matches(SCROLLER)) PLACES.set(address, event.target.scrollTop)
    }
    document.addEventListener('scroll', note, { capture: true, passive: true })
    return () => document.removeEventListener('scroll', note, { capture: true })
  }, [address])
}
