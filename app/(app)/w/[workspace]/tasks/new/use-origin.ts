'use client'

import { useSyncExternalStore } from 'react'

/** The address that this person uses, which may be another than the configured one. */
export function useOrigin(configured: string): string {
  return useSyncExternalStore(
    () => () => undefined,
    () => window.location.origin,
    () => configured,
  )
}
