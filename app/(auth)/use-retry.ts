'use client'

import { type RefObject, useEffect } from 'react'
import type { Failure } from './failure-note.tsx'

/** Sends the form again when the note's countdown ends, unless it is on its way already. */
export function useRetry(form: RefObject<HTMLFormElement | null>, failure: Failure | null, busy: boolean): void {
  useEffect(() => {
    if (busy || failure?.kind !== 'offline') return
    const timer = setTimeout(() => form.current?.requestSubmit(), failure.retryAt - Date.now())
    return () => clearTimeout(timer)
  }, [form, failure, busy])
}
