'use client'

import { useEffect, useEffectEvent, useRef } from 'react'

/** Calls `run` at once and then, however often it is asked for, at most once per `everyMs`; the last wish is heard. */
export function useCoalesced(run: () => void, everyMs: number): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const wanted = useRef(false)
  const latest = useEffectEvent(run)
  const ask = useRef<() => void>(undefined)
  useEffect(() => {
    function rest() {
      timer.current = setTimeout(() => {
        timer.current = undefined
        if (wanted.current) start()
      }, everyMs)
    }
    function start() {
      wanted.current = false
      latest()
      rest()
    }
    ask.current = () => {
      if (timer.current === undefined) start()
      else wanted.current = true
    }
    return () => {
      clearTimeout(timer.current)
      timer.current = undefined
    }
  }, [everyMs])
  return () => ask.current?.()
}
