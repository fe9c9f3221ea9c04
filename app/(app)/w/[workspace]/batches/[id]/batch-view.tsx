'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button } from '#app/_ui/button.tsx'
import { useNow } from '#app/_ui/clock.tsx'
import { Note } from '#app/_ui/note.tsx'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { type ActionError, type ActionResult, runAction } from '#app/_ui/run-action.ts'
import { PageTitle } from '#app/_ui/shell/page-title.tsx'
import { notify } from '#app/_ui/toast.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { BatchDetail, ItemPage } from '#lib/batches/shapes.ts'
import type { BudgetRequest } from '#lib/budgets/requests.ts'
import { BATCH_WORDS, itemsOf } from '../words.ts'
import { type BatchAction, BatchHeader } from './batch-header.tsx'
import { waitingWords } from './budget-words.ts'
import { CapDialog } from './cap-dialog.tsx'
import { ItemsPanel } from './items-panel.tsx'
import { ProgressPanel } from './progress-panel.tsx'
import type { Shown } from './shown.ts'
import { useBatch } from './use-batch.ts'
import { useCap } from './use-cap.ts'

type Change = (workspace: string, input: { id: string }) => Promise<ActionResult<BatchDetail>>

type SetBudget = (workspace: string, input: { id: string } & BudgetRequest) => Promise<ActionResult<BatchDetail>>

type Props = {
  initial: BatchDetail
  items: ItemPage
  /** Which of the items they are. */
  shown: Shown
  actions: Record<BatchAction, Change>
  setBudget: SetBudget
}

export function BatchView({ initial, items, shown, actions, setBudget }: Props) {
  const { data: batch, dataUpdatedAt } = useBatch(initial)
  const now = useNow()
  const client = useQueryClient()
  const workspace = useWorkspace()
  const [busy, setBusy] = useState<BatchAction | null>(null)
  const [error, setError] = useState<ActionError | null>(null)
  const cap = useCap(batch, setBudget)
  const refusal = workspace.whyNot('batch.change')
  const waiting = batch.budget && waitingWords(batch.budget, batch.status === 'budget_reached')

  async function act(action: BatchAction) {
    setBusy(action)
    setError(null)
    const before = batch
    const answer = await runAction(() => actions[action](workspace.slug, { id: batch.id }))
    setBusy(null)
    if (!answer.ok) return setError(answer.error)
    client.setQueryData(queryKeys.batch(workspace.id, batch.id), answer.data)
    void client.invalidateQueries({ queryKey: queryKeys.batches(workspace.id) })
    notify(doneWords(action, before))
  }

  return (
    <div className="page flex flex-col gap-4 min-w-0">
      <PageTitle title={batch.name} tab={`${batch.name} · ${BATCH_WORDS[batch.status]} - Baton`} />
      <BatchHeader batch={batch} updatedAt={dataUpdatedAt} busy={busy} onAct={(action) => void act(action)} />
      {error ? <ActionNote error={error} /> : null}
      {waiting ? (
        <Note
          tone="blocked"
          title={waiting.title}
          actions={
            <Button size="sm" disabledReason={refusal} onClick={cap.ask}>
              Change the cap
            </Button>
          }
        >
          {waiting.words}
        </Note>
      ) : null}
      <ProgressPanel batch={batch} now={now} onCap={cap.ask} />
      {cap.asked > 0 ? <CapDialog key={cap.asked} batch={batch} {...cap.dialog} /> : null}
      <ItemsPanel batch={batch} initial={{ shown, page: items }} />
    </div>
  )
}

function doneWords(action: BatchAction, batch: BatchDetail): string {
  if (action === 'pause') return 'Paused: what runs finishes, nothing else starts'
  if (action === 'resume') return 'The batch goes on'
  if (action === 'retry') return `${itemsOf(batch, batch.retryable)} tried again; none that ended well runs twice`
  return 'The batch was cancelled; what had ended is kept'
}
