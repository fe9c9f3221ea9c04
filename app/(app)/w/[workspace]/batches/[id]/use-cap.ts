'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState, useTransition } from 'react'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { type ActionError, type ActionResult, runAction } from '#app/_ui/run-action.ts'
import { notify } from '#app/_ui/toast.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { BatchDetail } from '#lib/batches/shapes.ts'
import type { BudgetRequest } from '#lib/budgets/requests.ts'
import { formatMoney } from '#lib/money.ts'

type SetBudget = (workspace: string, input: { id: string } & BudgetRequest) => Promise<ActionResult<BatchDetail>>

/** Asks for another cap and sets it; each asking begins with what is in force then. */
export function useCap(batch: BatchDetail, setBudget: SetBudget) {
  const client = useQueryClient()
  const workspace = useWorkspace()
  const [asked, setAsked] = useState(0)
  const [open, setOpen] = useState(false)
  const [error, setError] = useState<ActionError | null>(null)
  const [busy, startSaving] = useTransition()

  function ask() {
    setAsked(asked + 1)
    setError(null)
    setOpen(true)
  }

  function onSave(request: BudgetRequest) {
    if (busy) return
    startSaving(async () => {
      const answer = await runAction(() => setBudget(workspace.slug, { id: batch.id, ...request }))
      if (!answer.ok) return setError(answer.error)
      client.setQueryData(queryKeys.batch(workspace.id, batch.id), answer.data)
      setOpen(false)
      notify(
        request.capMicros === null
          ? 'The cap is off; what waited for it goes on'
          : `The cap is ${formatMoney(request.capMicros)} from now on`,
      )
    })
  }

  return { asked, ask, dialog: { open, busy, error, onSave, onClose: () => setOpen(false) } }
}
