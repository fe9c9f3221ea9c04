'use client'

import { useSyncExternalStore } from 'react'

/** How the modifier of chords is written on this machine: `⌘` or `Ctrl `. */
export function useModKey(): string {
  return useSyncExternalStore(
    subscribe,
    () => (/mac|iphone|ipad/i.test(navigator.platform) ? '⌘' : 'Ctrl '),
    () => '⌘',
  )
}

function subscribe() {
  return () => undefined
}
