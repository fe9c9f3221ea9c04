'use client'

import { useQueryClient } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { NuqsAdapter } from 'nuqs/adapters/react'
import { useQueryState } from 'nuqs'
import { useState } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { queryKeys } from '#app/_ui/query-keys.ts'
import { type ActionError, type ActionResult, runAction } from '#app/_ui/run-action.ts'
import { Skeleton, SkeletonPage } from '#app/_ui/skeleton.tsx'
import { PageTitle } from '#app/_ui/shell/page-title.tsx'
import { statusWord } from '#app/_ui/status-badge.tsx'
import { TabPanel, Tabs } from '#app/_ui/tabs.tsx'
import { notify } from '#app/_ui/toast.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { WorkerTimes } from '#lib/tasks/shapes.ts'
import type { DecisionRequest } from '#lib/workflows/approvals.ts'
import type { RunBoard } from '#lib/workflows/shapes.ts'
import { ReportTab } from './report/tab.tsx'
import { RunHeader } from './run-header.tsx'
import { RunStrip } from './run-strip.tsx'
import { viewParser } from './steps/steps-address.ts'
import type { ReportStart } from './report/use-report.ts'
import { useRun } from './use-run.ts'

/** Who reads the report needs neither graph nor list. */
const StepsView = dynamic(async () => (await import('./steps/steps-view.tsx')).StepsView, {
  loading: () => (
    <SkeletonPage label="The steps are loading" className="p-6 grid gap-3">
      {['a', 'b', 'c', 'd'].map((row) => (
        <Skeleton key={row} className="h-8" />
      ))}
    </SkeletonPage>
  ),
})

type Props = {
  initial: RunBoard
  /** Null where the address asks for the steps. */
  report: ReportStart | null
  times: WorkerTimes[]
  cancel: (workspace: string, input: { id: string }) => Promise<ActionResult<RunBoard>>
  decide: (workspace: string, input: DecisionInput) => Promise<ActionResult<RunBoard>>
  skip: (workspace: string, input: { id: string; step: string }) => Promise<ActionResult<RunBoard>>
}

type DecisionInput = { id: string; step: string; request: DecisionRequest }
type Tab = 'report' | 'steps'

/** `search` is the address as the server saw it. */
export function RunView({ search, ...props }: Props & { search: string }) {
  return (
    <NuqsAdapter serverSearch={search}>
      <RunPage {...props} />
    </NuqsAdapter>
  )
}

function RunPage({ initial, report, times, cancel, decide, skip }: Props) {
  const { data: run, dataUpdatedAt } = useRun(initial)
  const client = useQueryClient()
  const workspace = useWorkspace()
  const [view, setView] = useQueryState('view', viewParser.withOptions({ history: 'push', scroll: false }))
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
  async function decideStep(step: string, request: DecisionRequest) {
    const answer = await runAction(() => decide(workspace.slug, { id: run.id, step, request }))
    if (answer.ok) {
      client.setQueryData(queryKeys.run(workspace.id, run.id), answer.data)
      notify(request.decision === 'approved' ? 'Approved; the run goes on' : 'Declined; the run goes on that way')
    }
    return answer
  }
  async function skipStep(step: string) {
    const answer = await runAction(() => skip(workspace.slug, { id: run.id, step }))
    if (answer.ok) {
      client.setQueryData(queryKeys.run(workspace.id, run.id), answer.data)
      notify('Skipped; the run goes on without it')
    }
    return answer
  }
  function show(tab: Tab) {
    // On a phone the list is the first of the equal views: a graph needs room.
    const narrow = !window.matchMedia('(min-width: 48rem)').matches
    void setView(tab === 'report' ? null : narrow ? 'list' : 'graph')
  }

  return (
    <div className="fit-page flex flex-col min-w-0">
      <PageTitle title={run.title} tab={`${run.title} · ${statusWord(run.status)} - Baton`} />
      <div className="px-4 md:px-5 xl:px-6 pt-4 md:pt-5 pb-4 border-b border-line">
        <RunHeader
          run={run}
          updatedAt={dataUpdatedAt}
          reading={view === null}
          busy={busy}
          onCancel={() => void stop()}
        />
        {error ? <ActionNote error={error} /> : null}
        <RunStrip run={run} readAt={dataUpdatedAt} times={times} />
      </div>
      <Tabs<Tab>
        value={view === null ? 'report' : 'steps'}
        onChange={show}
        label="Parts of the run"
        className="flex-1 min-h-0 flex flex-col"
        listClassName="shrink-0 h-11"
        tabs={[
          { value: 'report', label: 'Report' },
          { value: 'steps', label: 'Steps', count: run.steps.length },
        ]}
      >
        <TabPanel value="report" className="flex-1 min-h-0 flex flex-col min-w-0">
          <ReportTab run={run} start={report} />
        </TabPanel>
        <TabPanel value="steps" className="flex-1 min-h-0 flex flex-col min-w-0">
          <StepsView
            run={run}
            readAt={dataUpdatedAt}
            view={view ?? 'graph'}
            onView={(next) => void setView(next)}
            onReport={() => show('report')}
            decide={decideStep}
            skip={skipStep}
          />
        </TabPanel>
      </Tabs>
    </div>
  )
}
