'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { formatQuantity } from '#app/_ui/format.ts'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { type ActionError, type ActionResult, runAction } from '#app/_ui/run-action.ts'
import { notify } from '#app/_ui/toast.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import { cancelOne, retryBlocked, retryFailures, runSample } from './actions.ts'
import { keyOf } from './attention-panel.tsx'
import { isFinished } from './checklist.tsx'
import { checklistCookie } from './checklist-cookie.ts'
import type { Need } from './headline.ts'
import { HomeView } from './home-view.tsx'
import type { HomeSample } from './samples-panel.tsx'
import type { HomeState } from './state.ts'

const EVERY_MS = 15_000

export function HomePage({
  start,
  samples,
  workers,
  dismissed: dismissedBefore,
}: {
  start: HomeState
  samples: readonly HomeSample[]
  workers: readonly { name: string; title: string }[]
  dismissed: boolean
}) {
  const client = useQueryClient()
  const router = useRouter()
  const { id, slug, path, whyNot } = useWorkspace()
  const [busy, setBusy] = useState<string | null>(null)
  const [error, setError] = useState<ActionError | null>(null)
  const [dismissed, setDismissed] = useState(dismissedBefore)
  const { data: state, dataUpdatedAt } = useQuery({
    queryKey: [...queryKeys.tasks(id), 'home'],
    queryFn: ({ signal }) => fetchJson<HomeState>(path('/home'), signal),
    initialData: start,
    initialDataUpdatedAt: new Date(start.at).getTime(),
    refetchInterval: EVERY_MS,
  })

  async function run<Data>(what: string, call: () => Promise<ActionResult<Data>>): Promise<Data | null> {
    setBusy(what)
    setError(null)
    const answer = await runAction(call)
    setBusy(null)
    if (!answer.ok) {
      setError(answer.error)
      return null
    }
    await client.invalidateQueries({ queryKey: queryKeys.workspace(id) })
    return answer.data
  }

  async function submitSample(worker: string) {
    const task = await run(worker, () => runSample(slug, { worker }))
    if (task) router.push(path(`/tasks/${task.id}`) as Route)
  }

  async function retry(need: Need) {
    if (need.kind === 'no_worker' || need.kind === 'decision') return
    const done = await run<{ changed: number }>(keyOf(need), () =>
      need.kind === 'failed'
        ? retryFailures(slug, { worker: need.group.worker, code: need.group.code })
        : retryBlocked(slug, { reason: need.group.reason }),
    )
    if (done) notify(`${formatQuantity(done.changed, 'task')} sent back to the queue`)
  }

  async function cancel(task: string) {
    if ((await run(task, () => cancelOne(slug, { id: task }))) !== null) notify('Cancelled; it can be retried')
  }

  function dismiss() {
    document.cookie = `${checklistCookie(id)}=off; path=/; max-age=31536000; samesite=lax`
    setDismissed(true)
  }

  return (
    <HomeView
      state={state}
      readAt={dataUpdatedAt}
      samples={samples}
      titleOf={(worker) => workers.find((known) => known.name === worker)?.title ?? worker}
      path={path}
      reasons={{ submit: whyNot('task.submit'), retry: whyNot('task.retry'), cancel: whyNot('task.cancel') }}
      checklist={!dismissed && !isFinished(state.steps)}
      busy={busy}
      error={error}
      onRunSample={(worker) => void submitSample(worker)}
      onRetry={(need) => void retry(need)}
      onCancel={(task) => void cancel(task)}
      onDismissChecklist={dismiss}
    />
  )
}
