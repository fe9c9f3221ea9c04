'use client'

import { useQuery } from '@tanstack/react-query'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { useLive, useLiveMessages } from '#app/_ui/live.tsx'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { RunDetail } from '#lib/workflows/shapes.ts'
import { hasEnded } from '../../run-facts.ts'

const OPEN_REFRESH_MS = 5_000

/** The run as the server gave it, then as its tasks' events and, while something is open, a slow poll say. */
export function useRun(initial: RunDetail) {
  const workspace = useWorkspace()
  const live = useLive()
  const query = useQuery({
    queryKey: queryKeys.run(workspace.id, initial.id),
    queryFn: ({ signal }) => fetchJson<RunDetail>(`${workspace.api}/runs/${initial.id}`, signal),
    initialData: initial,
    refetchInterval: ({ state }) =>
      live.status !== 'paused' && state.data?.steps.some(({ status }) => !hasEnded(status)) ? OPEN_REFRESH_MS : false,
  })
  useLiveMessages((message) => {
    if (
      message.kind === 'task' &&
      query.data.steps.some(({ taskId }) => taskId === null || taskId === message.event.taskId)
    )
      void query.refetch({ cancelRefetch: false })
  })
  return query
}
