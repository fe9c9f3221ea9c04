'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { Report } from '#lib/workflows/report-shape.ts'
import type { RunDetail } from '#lib/workflows/shapes.ts'

/** The report as the server made it, and made anew whenever a step of the run has got elsewhere. */
export function useReport(initial: Report, run: RunDetail): Report {
  const workspace = useWorkspace()
  const stamp = stampOf(run)
  const [first] = useState(stamp)
  const { data } = useQuery({
    queryKey: [...queryKeys.workspace(workspace.id), 'run', run.id, 'report', stamp],
    queryFn: ({ signal }) => fetchJson<Report>(`${workspace.api}/runs/${run.id}/report?format=json`, signal),
    initialData: stamp === first ? initial : undefined,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  })
  return data ?? initial
}

function stampOf({ status, steps }: RunDetail): string {
  return JSON.stringify([status, ...steps.map((step) => [step.taskId, step.status, step.reason, step.finishedAt])])
}
