'use client'

import { useQuery } from '@tanstack/react-query'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { WorkerTimes } from '#lib/tasks/shapes.ts'

/** Old figures stay, and say so, while new ones come. */
export function useWorkerTimes(initial: WorkerTimes[]): { data: WorkerTimes[]; stale: boolean } {
  const workspace = useWorkspace()
  const { data, isFetching } = useQuery({
    queryKey: [...queryKeys.workers(workspace.id), 'times'],
    queryFn: ({ signal }) => fetchJson<WorkerTimes[]>(workspace.path('/times'), signal),
    initialData: initial,
    refetchInterval: 30_000,
  })
  return { data, stale: isFetching }
}
