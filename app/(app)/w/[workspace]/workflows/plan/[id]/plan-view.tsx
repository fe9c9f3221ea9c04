'use client'

import { useQueryClient } from '@tanstack/react-query'
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { type FormEvent, useRef, useState, useTransition } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { Button } from '#app/_ui/button.tsx'
import { Note } from '#app/_ui/note.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { type ActionError, type ActionResult, runAction } from '#app/_ui/run-action.ts'
import { useChord } from '#app/_ui/shortcuts.ts'
import { PageTitle } from '#app/_ui/shell/page-title.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { RunPlanRequest, SavePlanRequest } from '#lib/plans/requests.ts'
import type { PlanDetail } from '#lib/plans/shapes.ts'
import type { TaskDetail, WorkerTimes } from '#lib/tasks/shapes.ts'
import { tokensAbout } from '#lib/workers/tokens.ts'
import type { WorkerFacts } from '../../../tasks/[id]/state-note.tsx'
import { type TaskActions, TaskActionsProvider } from '../../../tasks/[id]/task-actions.tsx'
import { useEnding } from '../../../tasks/[id]/use-ending.ts'
import { useTask } from '../../../tasks/[id]/use-task.ts'
import type { CatalogueWorker, ConnectedModel } from '../../../tasks/new/catalogue.ts'
import { RunBar } from '../../../tasks/new/run-bar.tsx'
import { useRequestKey } from '../../../tasks/new/use-request-key.ts'
import { expectedMs } from '../../[name]/expected-time.ts'
import { StartPanel } from '../../[name]/start-panel.tsx'
import { MiniGraph } from '../../mini-graph.tsx'
import { PlanCheck, PlanOrigin, PlanRuns } from './plan-about.tsx'
import { PlanHeader } from './plan-header.tsx'
import { PlanSteps } from './plan-steps.tsx'
import { Planning, StandIn } from './plan-states.tsx'
import { planKey, usePlan } from './use-plan.ts'
import { type ChangePlan, usePlanEdits } from './use-plan-edits.ts'

type Props = {
  initial: PlanDetail
  /** The one that plans. */
  task: TaskDetail
  /** Sent by the person who looks at it. */
  mine: boolean
  worker: WorkerFacts
  workers: readonly CatalogueWorker[]
  times: WorkerTimes[]
  model: ConnectedModel | null
  actions: TaskActions
  change: ChangePlan
  run: (
    workspace: string,
    input: { id: string; request: RunPlanRequest; idempotencyKey: string },
  ) => Promise<ActionResult<{ id: string }>>
  save: (workspace: string, input: { id: string; request: SavePlanRequest }) => Promise<ActionResult<{ name: string }>>
}

const LABEL = 'Run this plan'

export function PlanView({ actions, task: initialTask, ...props }: Props) {
  const { data: task } = useTask(initialTask)
  return (
    <TaskActionsProvider task={task} actions={actions}>
      <PlanPage task={task} {...props} />
    </TaskActionsProvider>
  )
}

function PlanPage({ initial, task, mine, worker, workers, times, model, change, run, save }: Omit<Props, 'actions'>) {
  const workspace = useWorkspace()
  const router = useRouter()
  const queryClient = useQueryClient()
  const { data: plan, refetch } = usePlan(initial)
  const [engine, setEngine] = useState(initial.engine)
  const [refused, setRefused] = useState<ActionError | null>(null)
  const [running, startRunning] = useTransition()
  const [saving, startSaving] = useTransition()
  const keyFor = useRequestKey()
  const form = useRef<HTMLFormElement>(null)
  const edits = usePlanEdits(plan, {
    workspace: workspace.slug,
    change,
    onSaved: (changed) => queryClient.setQueryData(planKey(workspace.id, plan.id), changed),
  })
  useEnding(task, mine)
  useChord('mod+enter', () => form.current?.requestSubmit())

  const wrong = plan.issues.length > 0 && !edits.changed ? 'Correct what is listed first.' : null
  const refusal = workspace.whyNot('run.start') ?? wrong
  const expected = expectedMs(plan.steps, times)

  /** What was changed last is saved before anything is made of it. */
  async function settled(): Promise<number | null> {
    return edits.changed || edits.busy ? edits.save() : edits.revision
  }

  function begin(event: FormEvent) {
    event.preventDefault()
    if (running || refusal) return
    setRefused(null)
    startRunning(async () => {
      const revision = await settled()
      if (revision === null) return
      const request: RunPlanRequest = { revision, engine }
      const answer = await runAction(() =>
        run(workspace.slug, { id: plan.id, request, idempotencyKey: keyFor(request) }),
      )
      if (answer.ok) router.push(workspace.path(`/workflows/runs/${answer.data.id}`) as Route)
      else setRefused(answer.error)
    })
  }

  function keep() {
    setRefused(null)
    startSaving(async () => {
      const revision = await settled()
      if (revision === null) return
      const answer = await runAction(() => save(workspace.slug, { id: plan.id, request: { revision } }))
      if (answer.ok) router.push(workspace.path(`/workflows/${answer.data.name}/edit`) as Route)
      else setRefused(answer.error)
    })
  }

  async function loadTheirs() {
    const { data } = await refetch()
    if (data) edits.reset(data)
    setRefused(null)
  }

  const { proposal } = plan
  const error = edits.error ?? refused
  return (
    <div className="page flex flex-col gap-5">
      <PageTitle title={plan.title} tab={`Plan: ${plan.title} - Baton`} />
      <PlanHeader plan={plan} saving={saving} onSave={keep} whyNotSave={workspace.whyNot('workflow.change') ?? wrong} />
      {error ? (
        <ActionNote
          error={error}
          actions={
            error.code === 'stale_plan' ? (
              <Button size="sm" onClick={() => void loadTheirs()}>
                Load it
              </Button>
            ) : null
          }
        />
      ) : null}
      {proposal === null ? (
        <Planning task={task} worker={worker} mine={mine} />
      ) : (
        <form
          ref={form}
          onSubmit={begin}
          aria-label={LABEL}
          noValidate
          className="grid grid-cols-1 gap-4 lg:grid-cols-[minmax(0,1fr)_320px] xl:grid-cols-[minmax(0,1fr)_360px] items-start"
        >
          <div className="flex flex-col gap-4 min-w-0">
            <StandIn task={task} plan={plan} />
            {proposal.notes.length > 0 ? (
              <Note tone="plain" title="About this plan">
                {proposal.notes.map((note) => (
                  <p key={note}>{note}</p>
                ))}
              </Note>
            ) : null}
            {plan.steps.length > 0 ? (
              <Panel title="Picture" hideTitle className="overflow-hidden">
                <div className="bg-well">
                  <MiniGraph steps={plan.steps} />
                </div>
              </Panel>
            ) : null}
            <PlanSteps
              plan={plan}
              proposal={proposal}
              edits={edits.edits}
              onChange={edits.change}
              workers={workers}
              refusal={workspace.whyNot('task.submit')}
            />
          </div>
          <div className="grid grid-cols-1 gap-4 min-w-0">
            <StartPanel
              steps={plan.steps}
              workers={workers}
              tokens={tokensAbout(task.input.text)}
              times={times}
              engine={engine}
              onEngine={setEngine}
              model={model}
              label={LABEL}
              expected={expected}
              busy={running}
              refusal={refusal}
            >
              <PlanCheck plan={plan} saving={edits.busy || edits.changed} />
            </StartPanel>
            <PlanRuns runs={plan.runs} />
            <PlanOrigin plan={plan} />
          </div>
          <RunBar label={LABEL} medianMs={expected} problems={[]} onVisit={() => {}} busy={running} refusal={refusal} />
        </form>
      )}
    </div>
  )
}
