'use client'

import { useQuery } from '@tanstack/react-query'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { useLive } from '#app/_ui/live.tsx'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { PlanDetail } from '#lib/plans/shapes.ts'
import { isTerminal } from '#lib/tasks/states.ts'

const OPEN_REFRESH_MS = 3_000

/** Below its task's key: what is heard of the task refreshes its plan. */
export function planKey(workspaceId: string, id: string) {
  return [...queryKeys.task(workspaceId, id), 'plan'] as const
}

/** As the server gave it, then as live events and, while it or a run of it goes on, a poll say. */
export function usePlan(initial: PlanDetail) {
  const { id, api } = useWorkspace()
  const live = useLive()
  return useQuery({
    queryKey: planKey(id, initial.id),
    queryFn: ({ signal }) => fetchJson<PlanDetail>(`${api}/plans/${initial.id}`, signal),
    initialData: initial,
    // Its runs go on while nobody looks here.
    refetchOnMount: 'always',
    refetchInterval: ({ state }) =>
      live.status !== 'paused' && state.data && isOpen(state.data) ? OPEN_REFRESH_MS : false,
  })
}

function isOpen({ status, runs }: PlanDetail): boolean {
  return !isTerminal(status) || runs.some((run) => run.status === 'in_progress')
}
