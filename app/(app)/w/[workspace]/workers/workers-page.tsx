'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { type ActionError, type ActionResult, runAction } from '#app/_ui/run-action.ts'
import { notify } from '#app/_ui/toast.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import { changeSlots, requeueTask } from './actions.ts'
import type { WorkersState } from './state.ts'
import { WorkersView } from './workers-view.tsx'

/** Also without a message: a process that dies silently sends none. */
const EVERY_MS = 5_000

export function WorkersPage({ start }: { start: WorkersState }) {
  const client = useQueryClient()
  const { id, slug, path, whyNot } = useWorkspace()
  const [busy, setBusy] = useState<string | null>(null)
  const [error, setError] = useState<ActionError | null>(null)
  const { data: state } = useQuery({
    queryKey: [...queryKeys.workers(id), 'state'],
    queryFn: ({ signal }) => fetchJson<WorkersState>(path('/workers/state'), signal),
    initialData: start,
    refetchInterval: EVERY_MS,
  })
  const titleOf = (worker: string) => state.overview.pools.find((pool) => pool.worker === worker)?.title ?? worker

  async function run(what: string, call: () => Promise<ActionResult<void>>): Promise<boolean> {
    setBusy(what)
    setError(null)
    const answer = await runAction(call)
    if (!answer.ok) setError(answer.error)
    await client.invalidateQueries({ queryKey: queryKeys.workspace(id) })
    setBusy(null)
    return answer.ok
  }

  async function setSlots(worker: string, slots: number) {
    const before = state.overview.pools.find((pool) => pool.worker === worker)?.slotsPerProcess
    if (!(await run(worker, () => changeSlots(slug, { worker, slots })))) return
    notify(`${titleOf(worker)} has ${slots === 1 ? '1 slot' : `${slots} slots`} per process`, {
      action:
        before === undefined
          ? undefined
          : { label: 'Undo', run: () => void run(worker, () => changeSlots(slug, { worker, slots: before })) },
    })
  }

  async function requeue(taskId: string) {
    if (await run(taskId, () => requeueTask(slug, { id: taskId }))) notify('Sent back to its queue')
  }

  return (
    <WorkersView
      state={state}
      slotsReason={whyNot('pool.change')}
      retryReason={whyNot('task.retry')}
      busy={busy}
      error={error}
      hrefOfWorker={(worker) => path(`/history?worker=${worker}`)}
      hrefOfTask={(task) => path(`/tasks/${task}`)}
      onSlots={(worker, slots) => void setSlots(worker, slots)}
      onRequeue={(task) => void requeue(task)}
    />
  )
}
