'use client'

import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react'

const ServerNow = createContext(0)

/** Gives hydration the server's own instant, so that relative times read the same in both renderings. */
export function ClockProvider({ serverNow, children }: { serverNow: number; children: ReactNode }) {
  return <ServerNow value={serverNow}>{children}</ServerNow>
}

/** The current time, shared by everything that ticks; renders again once a second (or minute). */
export function useNow(every: 'second' | 'minute' = 'second'): number {
  const serverNow = useContext(ServerNow)
  const clock = every === 'second' ? SECONDS : MINUTES
  return useSyncExternalStore(clock.subscribe, clock.read, () => serverNow)
}

/** False on the server and while hydrating: what depends on the viewer's time zone waits for it. */
export function useMounted(): boolean {
  return useSyncExternalStore(
    subscribeNever,
    () => true,
    () => false,
  )
}

const SECONDS = ticker(1000)
const MINUTES = ticker(30_000)

function subscribeNever() {
  return () => {}
}

function ticker(intervalMs: number) {
  const listeners = new Set<() => void>()
  let now = Date.now()
  let timer: ReturnType<typeof setInterval> | undefined
  function tick() {
    now = Date.now()
    for (const listener of listeners) listener()
  }
  function subscribe(listener: () => void) {
    listeners.add(listener)
    if (timer === undefined) {
      now = Date.now()
      timer = setInterval(tick, intervalMs)
    }
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) {
        clearInterval(timer)
        timer = undefined
      }
    }
  }
  return { subscribe, read: () => now }
}
