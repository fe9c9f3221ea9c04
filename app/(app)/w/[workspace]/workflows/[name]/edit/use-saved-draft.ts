'use client'

import { useEffect, useRef, useState } from 'react'
import { type ActionError, type ActionResult, runAction } from '#app/_ui/run-action.ts'
import type { FieldIssue } from '#lib/errors.ts'
import { readDraft } from '#lib/workflows/stored/yaml-draft.ts'

const QUIET_MS = 800

export type SaveDraft = (
  workspace: string,
  input: { name: string; request: { draft: Record<string, unknown>; revision: number; overwrite?: boolean } },
) => Promise<ActionResult<{ revision: number; issues: FieldIssue[] }>>

type Saved = { text: string; revision: number; issues: FieldIssue[] }

/** Saves what was typed once the typing rests; one request at a time, and never over what another person has saved. */
export function useSavedDraft(
  { workspace, name, save }: { workspace: string; name: string; save: SaveDraft },
  first: Saved,
) {
  const [text, setText] = useState(first.text)
  const [saved, setSaved] = useState(first)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ActionError | null>(null)
  const latest = useRef(text)
  const read = readDraft(text)
  const changed = text !== saved.text

  async function store(overwrite = false) {
    const sent = latest.current
    const draft = readDraft(sent)
    if ('problem' in draft) return
    setBusy(true)
    setError(null)
    const request = { draft: draft.draft, revision: saved.revision, overwrite }
    const answer = await runAction(() => save(workspace, { name, request }))
    setBusy(false)
    if (answer.ok) setSaved({ text: sent, ...answer.data })
    else setError(answer.error)
  }

  useEffect(() => {
    if (!changed || busy || error || 'problem' in read) return
    const timer = setTimeout(() => void store(), QUIET_MS)
    return () => clearTimeout(timer)
  })

  return {
    text,
    change: (next: string) => {
      latest.current = next
      setText(next)
      if (error && error.code !== 'stale_draft') setError(null)
    },
    read,
    saved,
    changed,
    busy,
    error,
    saveOver: () => void store(true),
  }
}
