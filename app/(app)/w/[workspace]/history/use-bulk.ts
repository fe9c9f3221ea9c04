'use client'
// Cancel and retry of a selection: asked first with a number, then done on the server, then said.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { type ActionError, runAction } from '#app/_ui/run-action.ts'
import { notify } from '#app/_ui/toast.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { TaskSelection } from '#lib/tasks/requests.ts'
import type { TaskCount } from '#lib/tasks/shapes.ts'
import { cancelSelected, retrySelected } from './actions.ts'
import { toQueryString } from './filters.ts'
import { type BulkAction, bulkWords } from './selection.ts'

type Asked = { action: BulkAction; selection: TaskSelection | null }

const ACTIONS = { cancel: cancelSelected, retry: retrySelected }
const CALL_LIMIT = 5_000
const MOST_CALLS = 200

export function useBulk(onDone: () => void) {
  const client = useQueryClient()
  const { id: workspaceId, slug, path } = useWorkspace()
  const [asked, setAsked] = useState<Asked | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ActionError | null>(null)
  const query = asked?.selection && 'query' in asked.selection ? toQueryString(asked.selection.query) : null
  const counted = useQuery({
    queryKey: ['history', workspaceId, 'bulk', query],
    queryFn: ({ signal }) => fetchJson<TaskCount>(path(`/history/count?${query}`), signal),
    enabled: query !== null,
    gcTime: 0,
  })

  async function run(action: BulkAction, selection: TaskSelection): Promise<ActionError | null> {
    setBusy(true)
    setError(null)
    const failure = await untilDone(action, selection)
    setBusy(false)
    await client.invalidateQueries({ queryKey: queryKeys.workspace(workspaceId) })
    setError(failure)
    return failure
  }

  /** The server changes some thousands at a time: ask again until a call finds fewer. */
  async function untilDone(action: BulkAction, selection: TaskSelection): Promise<ActionError | null> {
    let changed = 0
    let left = 0
    for (let call = 0; call < MOST_CALLS; call += 1) {
      const answer = await runAction(() => ACTIONS[action](slug, selection))
      if (!answer.ok) return answer.error
      changed += answer.data.changed
      left += answer.data.matched - answer.data.changed
      if ('ids' in selection || answer.data.matched < CALL_LIMIT || answer.data.changed === 0) break
    }
    notify(bulkWords(action, changed, left), { kind: changed === 0 ? 'failed' : 'done' })
    return null
  }

  return {
    action: asked?.action ?? null,
    count: countOf(asked, counted.data),
    exact: query === null || (counted.data?.exact ?? true),
    busy,
    error: error ?? (counted.isError ? UNCOUNTED : null),
    ask: (action: BulkAction, selection: TaskSelection | null) => {
      setError(null)
      setAsked({ action, selection })
    },
    close: () => setAsked(null),
    confirm: async () => {
      if (!asked?.selection || (await run(asked.action, asked.selection))) return
      setAsked(null)
      onDone()
    },
    /** One task, without asking. */
    runOne: async (action: BulkAction, id: string) => {
      const failure = await run(action, { ids: [id] })
      if (failure) notify(failure.message, { kind: 'failed' })
    },
  }
}

const UNCOUNTED: ActionError = {
  code: 'no_answer',
  message: 'The tasks could not be counted. Close this and try again.',
  requestId: '',
}

function countOf(asked: Asked | null, counted: TaskCount | undefined): number | null {
  if (asked === null) return null
  if (asked.selection === null) return 0
  return 'ids' in asked.selection ? asked.selection.ids.length : (counted?.count ?? null)
}
