'use client'

import type { Route } from 'next'
import Link from 'next/link'
import type { FormEvent } from 'react'
import { ActionNote } from '#app/_ui/action-note.tsx'
import type { ActionResult } from '#app/_ui/run-action.ts'
import { PageTitle } from '#app/_ui/shell/page-title.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { PlanRequest } from '#lib/plans/requests.ts'
import type { WorkerTimes } from '#lib/tasks/shapes.ts'
import type { CatalogueWorker, ConnectedModel, SampleText } from '../../tasks/new/catalogue.ts'
import { type Draft, type GivenText, textOf } from '../../tasks/new/draft.ts'
import { CorrectionSummary } from '../../tasks/new/estimate-panel.tsx'
import { type Problem, problemsOf } from '../../tasks/new/problems.ts'
import { RunBar } from '../../tasks/new/run-bar.tsx'
import { TextPanel } from '../../tasks/new/text-panel.tsx'
import { useDraft } from '../../tasks/new/use-draft.ts'
import { useRequestKey } from '../../tasks/new/use-request-key.ts'
import { useSample } from '../../tasks/new/use-sample.ts'
import { useSending, visitField } from '../../tasks/new/use-sending.ts'
import { useTextFacts } from '../../tasks/new/use-text-facts.ts'
import { type EarlierPlan, EarlierPlans } from './earlier-plans.tsx'
import { GoalPanel } from './goal-panel.tsx'
import { PlanningPanel } from './planning-panel.tsx'

/** The plan that is made anew, or the document whose text this is. */
export type PlanSource = { key: string; path: string; title: string } & (
  | { kind: 'plan' }
  | { kind: 'document'; pages: string | null }
)

type Props = {
  /** The one that plans. */
  worker: CatalogueWorker
  samples: readonly SampleText[]
  times: WorkerTimes[]
  model: ConnectedModel | null
  initial: Draft
  source: PlanSource | null
  /** The document's text, when the form begins with one. */
  given: GivenText | null
  earlier: readonly EarlierPlan[]
  start: (
    workspace: string,
    input: { request: PlanRequest; idempotencyKey: string },
  ) => Promise<ActionResult<{ id: string }>>
}

const LABEL = 'Make a plan'
const LONGEST_GOAL = 1000

export function PlanForm({ worker, samples, times, model, initial, source, given, earlier, start }: Props) {
  const workspace = useWorkspace()
  const { draft, change, restore, forget } = useDraft(
    initial,
    `baton.plan.${workspace.id}${source ? `.${source.key}` : ''}`,
    {},
  )
  const keyFor = useRequestKey()
  const takeSample = useSample(draft, samples, { change, restore })
  const facts = useTextFacts(draft.text)
  const refusal = workspace.whyNot('task.submit')
  const { form, busy, attempted, error, send } = useSending(draft, refusal)
  const time = times.find((candidate) => candidate.worker === worker.name) ?? null
  const goal = goalOf(draft, worker.name)

  const own = planProblems(draft, goal, worker)
  const problems = [...own, ...(error?.issues ?? []).map(problemOf)]
  const visible = problems.filter((problem) => attempted || !own.includes(problem) || goal.length > LONGEST_GOAL)
  const errorOf = (field: string) => visible.find((problem) => problem.field === field)?.message ?? null

  function make(event: FormEvent) {
    send(event, {
      wrong: own.length > 0,
      start: () => {
        const request: PlanRequest = { goal, input: { text: textOf(draft, given) }, engine: draft.engine }
        return start(workspace.slug, { request, idempotencyKey: keyFor(request) })
      },
      done: ({ id }) => {
        forget()
        return workspace.path(`/workflows/plan/${id}`)
      },
    })
  }

  return (
    <div className="page flex flex-col gap-5">
      <PageTitle title="New plan" tab="Plan from a goal - Baton" />
      <div className="min-w-0">
        <h1 className="text-20">Plan from a goal</h1>
        <p className="text-soft mt-0.5">
          {source ? (
            <>
              From{' '}
              <Link className="link" href={workspace.path(source.path) as Route}>
                {source.title}
              </Link>
              {source.kind === 'document' && source.pages ? `, ${source.pages}` : ''}.{' '}
              {given !== null && textOf(draft, given) !== given.part
                ? 'The text was changed here, so the plan will have its own.'
                : `That ${source.kind} stays as it is.`}
            </>
          ) : (
            'Say what you want from a text. You get steps with the reason for each, change them, and run them.'
          )}
        </p>
      </div>
      <form
        ref={form}
        noValidate
        onSubmit={make}
        aria-label="Plan from a goal"
        className="grid grid-cols-1 gap-4 lg:grid-cols-[minmax(0,1fr)_320px] xl:grid-cols-[minmax(0,1fr)_360px] items-start"
      >
        <div className="flex flex-col gap-4 min-w-0">
          <GoalPanel
            goal={goal}
            onChange={(next) => change({ options: { ...draft.options, [worker.name]: { goal: next } } })}
            error={errorOf('goal')}
          />
          <TextPanel
            text={draft.text}
            facts={facts}
            onChange={(text) => change({ text })}
            onSample={takeSample}
            samples={samples}
            worker=""
            error={errorOf('text')}
          />
        </div>
        <div className="grid grid-cols-1 gap-4 min-w-0 lg:sticky lg:top-16">
          <PlanningPanel
            worker={worker}
            time={time}
            tokens={facts.tokens}
            engine={draft.engine}
            onEngine={(engine) => change({ engine })}
            model={model}
            label={LABEL}
            busy={busy}
            refusal={refusal}
          >
            {visible.length > 0 ? <CorrectionSummary problems={visible} onVisit={visitField} /> : null}
            {error && (error.issues ?? []).length === 0 ? <ActionNote error={error} /> : null}
          </PlanningPanel>
          <EarlierPlans plans={earlier} />
        </div>
        <RunBar
          label={LABEL}
          medianMs={time?.medianMs ?? null}
          problems={visible}
          onVisit={visitField}
          busy={busy}
          refusal={refusal}
        />
      </form>
    </div>
  )
}

function goalOf({ options }: Draft, worker: string): string {
  const goal = options[worker]?.['goal']
  return typeof goal === 'string' ? goal : ''
}

function planProblems(draft: Draft, goal: string, worker: CatalogueWorker): Problem[] {
  const about = (message: string): Problem[] => [{ field: 'goal', label: 'Goal', message }]
  return [
    ...(goal.trim() === ''
      ? about('Say what you want, such as "Summarise it and find the risks".')
      : goal.trim().length > LONGEST_GOAL
        ? about(`The goal is longer than ${LONGEST_GOAL.toLocaleString('en')} characters.`)
        : []),
    ...problemsOf({ ...draft, options: {} }, { ...worker, controls: [] }, 0).filter(({ field }) => field === 'text'),
  ]
}

function problemOf({ path, message }: { path: string; message: string }): Problem {
  const field = path.replace(/^request\./, '').startsWith('input') ? 'text' : 'goal'
  return { field, label: field === 'text' ? 'Text' : 'Goal', message }
}
