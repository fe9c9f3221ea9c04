'use client'

import { ErrorState } from '#app/_ui/error-state.tsx'
import { Skeleton, SkeletonPage } from '#app/_ui/skeleton.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { RunBoard } from '#lib/workflows/shapes.ts'
import { ReportView } from './view.tsx'
import { type ReportStart, useReport } from './use-report.ts'

/** The report, which is read only when somebody looks at it. */
export function ReportTab({ run, start }: { run: RunBoard; start: ReportStart | null }) {
  const { slug } = useWorkspace()
  const { report, text, error } = useReport(start, run)
  if (report && text !== undefined) return <ReportView report={report} text={text} workspace={slug} />
  if (error)
    return (
      <div className="p-4 md:p-6">
        <ErrorState title="The report could not be read">{error.message}</ErrorState>
      </div>
    )
  return (
    <SkeletonPage className="p-4 md:p-6 grid gap-3 max-w-180" label="Loading the report">
      <Skeleton className="h-6 w-64" />
      <Skeleton className="h-3.5 w-full" />
      <Skeleton className="h-3.5 w-11/12" />
      <Skeleton className="h-3.5 w-4/5" />
    </SkeletonPage>
  )
}
