'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { type FormEvent, useState } from 'react'
import { flushSync } from 'react-dom'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { useNow } from '#app/_ui/clock.tsx'
import { Field } from '#app/_ui/field.tsx'
import type { ActionResult } from '#app/_ui/run-action.ts'
import { Select } from '#app/_ui/select.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { WorkerTimes } from '#lib/tasks/shapes.ts'
import type { WorkflowDefinition } from '#lib/workflows/definition.ts'
import type { StartRequest } from '#lib/workflows/requests.ts'
import { ADVANCED_FIELDS, AdvancedPanel } from '../../tasks/new/advanced-panel.tsx'
import type { CatalogueWorker, ConnectedModel, SampleText } from '../../tasks/new/catalogue.ts'
import { type Draft, type GivenText, textOf } from '../../tasks/new/draft.ts'
import { CorrectionSummary } from '../../tasks/new/estimate-panel.tsx'
import { OptionFields } from '../../tasks/new/option-fields.tsx'
import { RunBar } from '../../tasks/new/run-bar.tsx'
import { TextPanel } from '../../tasks/new/text-panel.tsx'
import { useDraft } from '../../tasks/new/use-draft.ts'
import { useRequestKey } from '../../tasks/new/use-request-key.ts'
import { useSample } from '../../tasks/new/use-sample.ts'
import { useSending, visitField } from '../../tasks/new/use-sending.ts'
import { useTextFacts } from '../../tasks/new/use-text-facts.ts'
import { WhenPanel } from '../../tasks/new/when-panel.tsx'
import { expectedMs } from './expected-time.ts'
import { startProblemOf, startProblems, startRequestOf } from './start-draft.ts'
import { StartPanel } from './start-panel.tsx'

/** The run that is repeated, or the document whose text this is. */
export type StartSource = { key: string; path: string; title: string } & (
  | { kind: 'run' }
  | { kind: 'document'; pages: string | null }
)

export type StartProps = {
  workflow: WorkflowDefinition
  workers: readonly CatalogueWorker[]
  samples: readonly SampleText[]
  times: WorkerTimes[]
  model: ConnectedModel | null
  initial: Draft
  source: StartSource | null
  /** The document's text, when the form begins with one. */
  given: GivenText | null
  start: (
    workspace: string,
    input: { request: StartRequest; idempotencyKey: string },
  ) => Promise<ActionResult<{ id: string }>>
}

export function StartView({ workflow, workers, samples, times, model, initial, source, given, start }: StartProps) {
  const workspace = useWorkspace()
  const key = `baton.run.${workspace.id}.${source?.key ?? workflow.name}`
  const { draft, change, restore, forget } = useDraft(initial, key, {})
  const now = useNow('minute')
  const [advanced, setAdvanced] = useState(false)
  const keyFor = useRequestKey()
  const takeSample = useSample(draft, samples, { change, restore })
  const facts = useTextFacts(draft.text)
  const refusal = workspace.whyNot('run.start')
  const { form, busy, attempted, error, send } = useSending(draft, refusal)
  const label = workflow.steps.length === 1 ? 'Run' : `Run all ${workflow.steps.length} steps`
  const expected = expectedMs(workflow.steps, times)

  const steps = workflow.steps.flatMap((step) => {
    if (step.kind !== 'worker' && step.kind !== 'map') return []
    const worker = workers.find(({ name }) => name === step.worker)
    return worker ? [{ ...step, catalogue: worker }] : []
  })
  const chosen = steps.find(({ name }) => name === draft.worker) ?? steps[0]
  const own = startProblems(draft, steps, now)
  const problems = [...own, ...(error?.issues ?? []).map((issue) => startProblemOf(issue, steps))]
  const visible = problems.filter(({ field }) => attempted || field !== 'text')
  const errorOf = (field: string) => visible.find((problem) => problem.field === field)?.message ?? null

  function visit(field: string) {
    const [step, option] = field.split('.')
    if (option !== undefined) flushSync(() => change({ worker: step }))
    visitField(option ?? field)
  }

  function run(event: FormEvent) {
    send(event, {
      wrong: own.length > 0,
      start: () => {
        const request = startRequestOf(draft, workflow.name, given)
        return start(workspace.slug, { request, idempotencyKey: draft.idempotencyKey || keyFor(request) })
      },
      done: ({ id }) => {
        forget()
        return workspace.path(`/workflows/runs/${id}`)
      },
    })
  }

  return (
    <div className="page flex flex-col gap-5">
      <div className="min-w-0">
        <h1 className="text-20">{source?.kind === 'run' ? `Run again: ${workflow.title}` : workflow.title}</h1>
        <p className="text-soft mt-0.5">
          {source ? (
            <>
              From{' '}
              <Link className="link" href={workspace.path(source.path) as Route}>
                {source.title}
              </Link>
              {source.kind === 'document' && source.pages ? `, ${source.pages}` : ''}.{' '}
              {given !== null && source.kind === 'document' && textOf(draft, given) !== given.part
                ? 'The text was changed here, so the run will have its own.'
                : `That ${source.kind} stays as it is.`}
            </>
          ) : (
            workflow.summary
          )}{' '}
          <Link
            className="link whitespace-nowrap"
            href={workspace.path(`/workflows/${workflow.name}/triggers`) as Route}
          >
            What starts it by itself
          </Link>
        </p>
      </div>
      <form
        ref={form}
        noValidate
        onSubmit={run}
        aria-label={workflow.title}
        className="grid grid-cols-1 gap-4 lg:grid-cols-[minmax(0,1fr)_320px] xl:grid-cols-[minmax(0,1fr)_360px] items-start"
      >
        <div className="flex flex-col gap-4 min-w-0">
          <TextPanel
            text={draft.text}
            facts={facts}
            onChange={(text) => change({ text })}
            onSample={takeSample}
            samples={samples}
            worker=""
            error={errorOf('text')}
          />
          <WhenPanel draft={draft} onChange={change} errorOf={errorOf} />
          <AdvancedPanel
            draft={draft}
            onChange={change}
            errorOf={errorOf}
            open={advanced || ADVANCED_FIELDS.some((field) => errorOf(field) !== null)}
            onToggle={setAdvanced}
          />
          {chosen ? (
            <div className="flex flex-col gap-2 min-w-0">
              <Field label="Options of" id="field-step">
                <Select
                  value={chosen.name}
                  choices={steps.map(({ name, title }) => ({ value: name, label: title }))}
                  onChange={(event) => change({ worker: event.target.value })}
                />
              </Field>
              <OptionFields
                worker={chosen.catalogue}
                values={draft.options[chosen.name] ?? {}}
                onChange={(name, value) =>
                  change({
                    options: { ...draft.options, [chosen.name]: { ...draft.options[chosen.name], [name]: value } },
                  })
                }
                onReset={() => change({ options: { ...draft.options, [chosen.name]: {} } })}
                errorOf={(field) => errorOf(`${chosen.name}.${field}`)}
              />
            </div>
          ) : null}
        </div>
        <StartPanel
          steps={workflow.steps}
          workers={workers}
          tokens={facts.tokens}
          times={times}
          engine={draft.engine}
          onEngine={(engine) => change({ engine })}
          model={model}
          label={label}
          expected={expected}
          busy={busy}
          refusal={refusal}
        >
          {visible.length > 0 ? <CorrectionSummary problems={visible} onVisit={visit} /> : null}
          {error && (error.issues ?? []).length === 0 ? <ActionNote error={error} /> : null}
        </StartPanel>
        <RunBar label={label} medianMs={expected} problems={visible} onVisit={visit} busy={busy} refusal={refusal} />
      </form>
    </div>
  )
}
