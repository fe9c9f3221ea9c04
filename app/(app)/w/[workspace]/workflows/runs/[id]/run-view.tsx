'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { useNow } from '#app/_ui/clock.tsx'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { type ActionError, type ActionResult, runAction } from '#app/_ui/run-action.ts'
import { PageTitle } from '#app/_ui/shell/page-title.tsx'
import { statusWord } from '#app/_ui/status-badge.tsx'
import { TabPanel, Tabs } from '#app/_ui/tabs.tsx'
import { notify } from '#app/_ui/toast.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { Report } from '#lib/workflows/report-shape.ts'
import type { RunDetail } from '#lib/workflows/shapes.ts'
import { ReportView } from './report-view.tsx'
import { RunHeader } from './run-header.tsx'
import { RunStrip } from './run-strip.tsx'
import { StepsList } from './steps-list.tsx'
import { useReport } from './use-report.ts'
import { useRun } from './use-run.ts'

type Props = {
  initial: RunDetail
  report: Report
  cancel: (workspace: string, input: { id: string }) => Promise<ActionResult<RunDetail>>
}

const TABS = ['report', 'steps'] as const
type Tab = (typeof TABS)[number]

export function RunView({ initial, report: initialReport, cancel }: Props) {
  const { data: run, dataUpdatedAt } = useRun(initial)
  const report = useReport(initialReport, run)
  const now = useNow()
  const client = useQueryClient()
  const workspace = useWorkspace()
  const [tab, setTab] = useState<Tab>('report')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ActionError | null>(null)

  async function stop() {
    setBusy(true)
    setError(null)
    const answer = await runAction(() => cancel(workspace.slug, { id: run.id }))
    setBusy(false)
    if (!answer.ok) return setError(answer.error)
    client.setQueryData(queryKeys.run(workspace.id, run.id), answer.data)
    notify('The run was cancelled; what had ended is kept')
  }

  return (
    <div className="fit-page flex flex-col min-w-0">
      <PageTitle title={run.title} tab={`${run.title} · ${statusWord(run.status)} - Baton`} />
      <div className="px-4 md:px-5 xl:px-6 pt-4 md:pt-5 pb-4 border-b border-line">
        <RunHeader run={run} updatedAt={dataUpdatedAt} busy={busy} onCancel={() => void stop()} />
        {error ? <ActionNote error={error} /> : null}
        <RunStrip run={run} now={now} />
      </div>
      <Tabs<Tab>
        value={tab}
        onChange={setTab}
        label="Parts of the run"
        className="flex-1 min-h-0 flex flex-col"
        listClassName="shrink-0 h-11"
        tabs={[
          { value: 'report', label: 'Report' },
          { value: 'steps', label: 'Steps', count: run.steps.length },
        ]}
      >
        <TabPanel value="report" className="flex-1 min-h-0 flex flex-col min-w-0">
          <ReportView report={report} text={run.text} workspace={workspace.slug} />
        </TabPanel>
        <TabPanel value="steps" className="flex-1 fit-pane">
          <StepsList run={run} now={now} readAt={dataUpdatedAt} />
        </TabPanel>
      </Tabs>
    </div>
  )
}
