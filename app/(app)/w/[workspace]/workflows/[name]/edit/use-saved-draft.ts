'use client'

import { useEffect, useRef, useState } from 'react'
import { type ActionError, type ActionResult, runAction } from '#app/_ui/run-action.ts'
import type { FieldIssue } from '#lib/errors.ts'
import type { JsonSchema } from '#lib/workers/evidence.ts'
import type { Draft } from '#lib/workflows/draft/read.ts'

const QUIET_MS = 300

export type SaveDraft = (
  workspace: string,
  input: { name: string; request: { draft: Record<string, unknown>; revision: number; overwrite?: boolean } },
) => Promise<ActionResult<{ revision: number; issues: FieldIssue[]; outputs: UsedOutputs }>>

/** What the workflows put out that it uses. */
export type UsedOutputs = Readonly<Record<string, JsonSchema>>

export type SavedDraft = {
  draft: Draft
  revision: number
  issues: readonly FieldIssue[]
  outputs: UsedOutputs
  /** Null until it was saved here. */
  at: number | null
}

/** Saves the draft once the typing rests; one request at a time, and never over what another person has saved. */
export function useSavedDraft(
  draft: Draft,
  { workspace, name, save, enabled }: { workspace: string; name: string; save: SaveDraft; enabled: boolean },
  first: Omit<SavedDraft, 'at'>,
) {
  const [saved, setSaved] = useState<SavedDraft>({ ...first, at: null })
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<(ActionError & { of: Draft }) | null>(null)
  const latest = useRef(draft)
  const changed = draft !== saved.draft
  // What another has saved stands in the way of every further save; anything else may be right with the next change.
  const refused = error !== null && (error.code === 'stale_draft' || error.of === draft)

  async function store(overwrite = false) {
    const sent = latest.current
    setBusy(true)
    setError(null)
    const request = { draft: sent, revision: saved.revision, overwrite }
    const answer = await runAction(() => save(workspace, { name, request }))
    setBusy(false)
    if (answer.ok) setSaved({ draft: sent, ...answer.data, at: Date.now() })
    else setError({ ...answer.error, of: sent })
  }

  useEffect(() => {
    latest.current = draft
    if (!changed || busy || refused || !enabled) return
    const timer = setTimeout(() => void store(), QUIET_MS)
    return () => clearTimeout(timer)
  })

  return { saved, changed, busy, error, saveOver: () => void store(true) }
}
