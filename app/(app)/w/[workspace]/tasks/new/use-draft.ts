'use client'

import { useEffect, useState } from 'react'
import type { Draft } from './draft.ts'

const SAVE_AFTER_MS = 300

type Held = { draft: Draft; savedAt: number | null }

/** A draft that survives a reload of this tab. `initial` holds until the browser's own is read. */
export function useDraft(initial: Draft, key: string, override: Partial<Draft>) {
  const [held, setHeld] = useState<Held>({ draft: initial, savedAt: null })
  const [touched, setTouched] = useState(false)

  useEffect(() => {
    const stored = readDraft(key)
    // oxlint-disable-next-line react/set-state-in-effect -- the server cannot know what this tab holds
    if (stored) setHeld({ draft: { ...stored.draft, ...override }, savedAt: stored.savedAt })
    // oxlint-disable-next-line react/exhaustive-deps -- read once per key; later changes come from the person
  }, [key])

  useEffect(() => {
    if (!touched) return
    const save = () => {
      const savedAt = Date.now()
      if (writeDraft(key, { draft: held.draft, savedAt }))
        setHeld((now) => (now.draft === held.draft ? { ...now, savedAt } : now))
    }
    const timer = setTimeout(save, SAVE_AFTER_MS)
    // Whoever leaves or loads again sooner loses nothing either.
    window.addEventListener('pagehide', save)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('pagehide', save)
    }
  }, [held.draft, key, touched])

  return {
    draft: held.draft,
    savedAt: held.savedAt,
    setDraft: (draft: Draft) => {
      setTouched(true)
      setHeld((now) => ({ ...now, draft }))
    },
    change: (change: Partial<Draft>) => {
      setTouched(true)
      setHeld((now) => ({ ...now, draft: { ...now.draft, ...change } }))
    },
    /** Brings back what stood there before, also for whoever has gone to another page meanwhile. */
    restore: (change: Partial<Draft>) => {
      setTouched(true)
      setHeld((now) => ({ ...now, draft: { ...now.draft, ...change } }))
      const stored = readDraft(key)
      if (stored) writeDraft(key, { draft: { ...stored.draft, ...change }, savedAt: Date.now() })
    },
    forget: () => {
      setTouched(false)
      forgetDraft(key)
    },
  }
}

function readDraft(key: string): Held | null {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null')
    if (typeof stored !== 'object' || stored === null || !('draft' in stored)) return null
    const { draft } = stored as Held
    return typeof draft.text === 'string' && typeof draft.worker === 'string' ? (stored as Held) : null
  } catch {
    return null
  }
}

function writeDraft(key: string, held: Held): boolean {
  try {
    sessionStorage.setItem(key, JSON.stringify(held))
    return true
  } catch {
    // Full or forbidden storage: the draft lives as long as the page.
    return false
  }
}

function forgetDraft(key: string): void {
  try {
    sessionStorage.removeItem(key)
  } catch {
    // As above.
  }
}
