'use client'

import { type RefObject, useEffect, useRef, useState } from 'react'

const OVERSCAN = 6
/** Before anything is measured, also on the server: about a screen of them, since each is made alive at the start. */
const FIRST = 16

/** Which rows of a long list of equal heights are in sight, whatever it scrolls in. `null` heights are not known yet. */
export function useWindow<Element extends HTMLElement>(
  count: number,
  rowHeight: number,
): { list: RefObject<Element | null>; from: number; to: number } {
  const list = useRef<Element>(null)
  const [range, setRange] = useState({ from: 0, to: FIRST })
  useEffect(() => {
    function measure() {
      const top = list.current?.getBoundingClientRect().top ?? 0
      const first = Math.floor(-top / rowHeight) - OVERSCAN
      const shown = Math.ceil(window.innerHeight / rowHeight) + 2 * OVERSCAN
      // In steps, so that scrolling draws anew only now and then.
      const from = Math.max(0, Math.floor(first / OVERSCAN) * OVERSCAN)
      const to = from + Math.ceil(shown / OVERSCAN) * OVERSCAN
      setRange((held) => (held.from === from && held.to === to ? held : { from, to }))
    }
    measure()
    const listening = new AbortController()
    const options = { signal: listening.signal, passive: true, capture: true }
    document.addEventListener('scroll', measure, options)
    window.addEventListener('resize', measure, options)
    return () => listening.abort()
  }, [rowHeight])
  return { list, from: Math.min(range.from, count), to: Math.min(range.to, count) }
}
