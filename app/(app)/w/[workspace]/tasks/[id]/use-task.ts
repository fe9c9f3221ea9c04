'use client'

import { useQuery } from '@tanstack/react-query'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { useLive } from '#app/_ui/live.tsx'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { TaskDetail } from '#lib/tasks/shapes.ts'
import { isTerminal } from '#lib/tasks/states.ts'

const OPEN_REFRESH_MS = 5_000

/** The task as the server gave it, then as live events and, while it is open, a slow poll say. */
export function useTask(initial: TaskDetail) {
  const workspace = useWorkspace()
  const live = useLive()
  return useQuery({
    queryKey: queryKeys.task(workspace.id, initial.id),
    queryFn: ({ signal }) => fetchJson<TaskDetail>(`${workspace.api}/tasks/${initial.id}`, signal),
    initialData: initial,
    // Others' tasks move its place in the queue without an event of its own.
    refetchInterval: ({ state }) =>
      live.status !== 'paused' && state.data && !isTerminal(state.data.status) ? OPEN_REFRESH_MS : false,
  })
}
