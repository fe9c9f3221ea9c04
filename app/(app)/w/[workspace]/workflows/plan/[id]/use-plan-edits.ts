'use client'

import { useEffect, useRef, useState } from 'react'
import { type ActionError, type ActionResult, runAction } from '#app/_ui/run-action.ts'
import type { ChangeRequest } from '#lib/plans/requests.ts'
import type { PlanDetail, PlanEdits } from '#lib/plans/shapes.ts'

const QUIET_MS = 500

export type ChangePlan = (
  workspace: string,
  input: { id: string; request: ChangeRequest },
) => Promise<ActionResult<PlanDetail>>

type Held = { edits: PlanEdits; saved: PlanEdits; revision: number }

/** What is changed in the plan, saved once the changing rests and never over what another person has saved. */
export function usePlanEdits(
  plan: PlanDetail,
  { workspace, change, onSaved }: { workspace: string; change: ChangePlan; onSaved: (plan: PlanDetail) => void },
) {
  const [held, setHeld] = useState<Held>(() => heldOf(plan))
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ActionError | null>(null)
  const sending = useRef<Promise<number | null> | null>(null)
  const changed = held.edits !== held.saved
  // Somebody else has changed it, and nothing here would be lost.
  if (plan.revision > held.revision && !changed && !busy) setHeld(heldOf(plan))

  async function send({ edits, revision }: Held): Promise<number | null> {
    setBusy(true)
    setError(null)
    const answer = await runAction(() => change(workspace, { id: plan.id, request: { ...edits, revision } }))
    setBusy(false)
    if (!answer.ok) {
      setError(answer.error)
      return null
    }
    setHeld((now) => ({ ...now, saved: edits, revision: answer.data.revision }))
    onSaved(answer.data)
    return answer.data.revision
  }

  /** One at a time. @returns the revision, null when it was not saved */
  async function save(): Promise<number | null> {
    sending.current ??= send(held).finally(() => (sending.current = null))
    return sending.current
  }

  useEffect(() => {
    if (!changed || busy || error) return
    const timer = setTimeout(() => void save(), QUIET_MS)
    return () => clearTimeout(timer)
  })

  return {
    edits: held.edits,
    revision: held.revision,
    changed,
    busy,
    error,
    change: (edits: PlanEdits) => {
      setError(null)
      setHeld((now) => ({ ...now, edits }))
    },
    save,
    /** Leaves what was changed here. */
    reset: (to: PlanDetail) => {
      setError(null)
      setHeld(heldOf(to))
    },
  }
}

function heldOf({ removed, options, revision }: PlanDetail): Held {
  const edits = { removed, options }
  return { edits, saved: edits, revision }
}
