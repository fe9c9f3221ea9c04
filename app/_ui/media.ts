'use client'

import { useSyncExternalStore } from 'react'

/** Whether a media query holds; false on the server and while hydrating. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    () => window.matchMedia(query).matches,
    () => false,
  )
}

/** Whether the person asked for no movement. */
export function calmly(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches
}
