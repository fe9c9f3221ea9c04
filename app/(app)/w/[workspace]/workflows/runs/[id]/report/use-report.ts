'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { fetchJson } from '#app/_ui/fetch-json.ts'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { Report } from '#lib/workflows/report/shape.ts'
import type { RunBoard, RunDetail } from '#lib/workflows/shapes.ts'

export type ReportStart = { report: Report; text: string }

/** The report as the server made it, if it did, and made anew whenever a step of the run has got elsewhere. */
export function useReport(start: ReportStart | null, run: RunBoard) {
  const workspace = useWorkspace()
  const stamp = stampOf(run)
  const [first] = useState(stamp)
  const key = [...queryKeys.workspace(workspace.id), 'run', run.id]
  const report = useQuery({
    queryKey: [...key, 'report', stamp],
    queryFn: ({ signal }) => fetchJson<Report>(`${workspace.api}/runs/${run.id}/report?format=json`, signal),
    initialData: stamp === first && start ? start.report : undefined,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  })
  const text = useQuery({
    queryKey: [...key, 'text'],
    queryFn: async ({ signal }) => (await fetchJson<RunDetail>(`${workspace.api}/runs/${run.id}`, signal)).text,
    initialData: start?.text,
    staleTime: Infinity,
  })
  return { report: report.data ?? start?.report, text: text.data, error: report.error ?? text.error }
}

function stampOf({ status, steps }: RunBoard): string {
  return JSON.stringify([status, ...steps.map((step) => [step.taskId, step.status, step.reason, step.finishedAt])])
}
