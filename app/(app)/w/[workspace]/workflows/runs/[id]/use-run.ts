'use client'

import { useQuery } from '@tanstack/react-query'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { useLive, useLiveMessages } from '#app/_ui/live.tsx'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { RunBoard } from '#lib/workflows/shapes.ts'
import { hasEnded } from '../../run-facts.ts'
import { useCoalesced } from './use-coalesced.ts'

const OPEN_REFRESH_MS = 5_000
/** Many steps end in a second, and each has an event; of many steps even a reading takes its time. */
const EVENTS_REFRESH_MS = { few: 700, many: 2_000 }
const MANY = 200

/** The run as the server gave it, then as its tasks' events and, while something is open, a slow poll say. */
export function useRun(initial: RunBoard) {
  const workspace = useWorkspace()
  const live = useLive()
  const query = useQuery({
    queryKey: queryKeys.run(workspace.id, initial.id),
    queryFn: ({ signal }) => fetchJson<RunBoard>(workspace.path(`/workflows/runs/${initial.id}/board`), signal),
    initialData: initial,
    refetchInterval: ({ state }) =>
      live.status !== 'paused' && state.data?.steps.some(({ status }) => !hasEnded(status)) ? OPEN_REFRESH_MS : false,
  })
  const refresh = useCoalesced(
    () => void query.refetch(),
    EVENTS_REFRESH_MS[initial.steps.length > MANY ? 'many' : 'few'],
  )
  useLiveMessages((message) => {
    if (message.kind === 'task' && concerns(query.data, message.event.taskId)) refresh()
  })
  return query
}

/** A task that is not known may be that of a step which has just become ready. */
function concerns({ steps }: RunBoard, taskId: string): boolean {
  return steps.some((step) => step.taskId === taskId || step.status === 'waiting')
}
