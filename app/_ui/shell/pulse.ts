'use client'

import { useQuery } from '@tanstack/react-query'
import type { SlotsSummary } from '#lib/tasks/shapes.ts'
import { fetchJson } from '../fetch-json.ts'
import { queryKeys } from '../query-keys.ts'
import { useWorkspace } from '../workspace.tsx'

/** What the frame of every page shows: slots, and how many tasks are open. */
export type Pulse = { slots: SlotsSummary; open: number }

export function usePulse(initial: Pulse): Pulse {
  const workspace = useWorkspace()
  const { data } = useQuery({
    queryKey: [...queryKeys.workers(workspace.id), 'pulse'],
    queryFn: ({ signal }) => fetchJson<Pulse>(workspace.path('/pulse'), signal),
    initialData: initial,
    refetchInterval: 30_000,
  })
  return data
}
