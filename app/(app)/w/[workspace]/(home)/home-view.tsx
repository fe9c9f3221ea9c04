'use client'

import { Plus } from 'lucide-react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { ButtonLink } from '#app/_ui/button.tsx'
import { useMounted, useNow } from '#app/_ui/clock.tsx'
import { formatClock } from '#app/_ui/format.ts'
import type { ActionError } from '#app/_ui/run-action.ts'
import { AttentionPanel } from './attention-panel.tsx'
import { Checklist } from './checklist.tsx'
import { headlineOf, type Need, needsOf } from './headline.ts'
import { RecentPanel } from './recent-panel.tsx'
import { RunningPanel } from './running-panel.tsx'
import { type HomeSample, SamplesPanel } from './samples-panel.tsx'
import type { HomeState } from './state.ts'
import { TodayPanel } from './today-panel.tsx'

export type HomeViewProps = {
  state: HomeState
  readAt: number
  samples: readonly HomeSample[]
  titleOf: (worker: string) => string
  path: (rest?: string) => string
  reasons: { submit: string | null; retry: string | null; cancel: string | null }
  checklist: boolean
  busy: string | null
  error: ActionError | null
  onRunSample: (worker: string) => void
  onRetry: (need: Need) => void
  onCancel: (id: string) => void
  onDismissChecklist: () => void
}

export function HomeView(props: HomeViewProps) {
  const { state, path, reasons, samples } = props
  const needs = needsOf(state)
  const fresh = state.mine.length === 0
  return (
    <div className="page flex flex-col gap-5">
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-0">
          <h1 className="text-20" aria-live="polite">
            {headlineOf(needs)}
          </h1>
          <p className="text-soft mt-0.5">
            <Today />
            {needs.length === 0 ? ' Everything is on track.' : ' Everything else is on track.'}
          </p>
        </div>
        {reasons.submit === null ? (
          <div className="ml-auto max-md:ml-0">
            <ButtonLink kind="primary" href={path('/tasks/new')} icon={<Plus className="i" aria-hidden />} kbd="N">
              New task
            </ButtonLink>
          </div>
        ) : null}
      </div>
      {props.error === null ? null : <ActionNote error={props.error} />}
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_320px] items-start">
        <div className="flex flex-col gap-4 min-w-0">
          {needs.length === 0 ? null : <AttentionPanel needs={needs} {...props} />}
          {fresh ? <SamplesPanel {...props} wide samples={samples} /> : null}
          {state.running.length === 0 ? null : <RunningPanel {...props} />}
          {fresh ? null : <RecentPanel {...props} />}
        </div>
        <div className="flex flex-col gap-4 min-w-0">
          <TodayPanel today={state.today} path={path} />
          {props.checklist ? <Checklist {...props} steps={state.steps} /> : null}
          {fresh ? null : <SamplesPanel {...props} wide={false} samples={samples} />}
        </div>
      </div>
    </div>
  )
}

/** `Monday 23 November, 09:41.` in the viewer's zone. */
function Today() {
  const now = useNow('minute')
  const zone = useMounted() ? undefined : 'UTC'
  const day = new Date(now).toLocaleDateString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: zone,
  })
  return `${day.replace(',', '')}, ${formatClock(now, zone)}.`
}
