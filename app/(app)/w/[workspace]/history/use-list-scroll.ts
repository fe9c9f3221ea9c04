'use client'

import { useEffect, useLayoutEffect } from 'react'

const PLACES = new Map<string, number>()
const SCROLLER = 'section[aria-label=Tasks]'

/** Back to a list, it stands where it was left; a browser does this for the window, not for a pane. */
export function useListScroll(list: string, ready: boolean): void {
  useLayoutEffect(() => {
    const pane = document.querySelector(SCROLLER)
    if (ready && pane) pane.scrollTop = PLACES.get(list) ?? 0
  }, [list, ready])
  useEffect(() => {
    const note = (event: Event) => {
      if (event.target instanceof Element && event.target.matches(SCROLLER)) PLACES.set(list, event.target.scrollTop)
    }
    document.addEventListener('scroll', note, { capture: true, passive: true })
    return () => document.removeEventListener('scroll', note, { capture: true })
  }, [list])
}
