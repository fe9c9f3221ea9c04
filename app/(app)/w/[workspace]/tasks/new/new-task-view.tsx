'use client'

import { type FormEvent, useState } from 'react'
import { flushSync } from 'react-dom'
import { ActionNote } from '#app/_ui/action-note.tsx'
import { useNow } from '#app/_ui/clock.tsx'
import type { ActionError, ActionResult } from '#app/_ui/run-action.ts'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { SubmitRequest } from '#lib/tasks/requests.ts'
import type { WorkerTimes } from '#lib/tasks/shapes.ts'
import { ADVANCED_FIELDS, AdvancedPanel } from './advanced-panel.tsx'
import type { CatalogueWorker, ConnectedModel, SampleText } from './catalogue.ts'
import { CodePanel } from './code-panel.tsx'
import { type Draft, fieldOfIssue, type GivenText, requestOf, textOf } from './draft.ts'
import { CorrectionSummary, EstimatePanel } from './estimate-panel.tsx'
import { NewTaskHeading, type TextSource } from './new-task-heading.tsx'
import { OptionFields } from './option-fields.tsx'
import { labelOf, type Problem, problemsOf } from './problems.ts'
import { ResultPanel } from './result-panel.tsx'
import { RunBar } from './run-bar.tsx'
import { TextPanel } from './text-panel.tsx'
import { useDraft } from './use-draft.ts'
import { useOrigin } from './use-origin.ts'
import { useRequestKey } from './use-request-key.ts'
import { useSample } from './use-sample.ts'
import { useSending, visitField } from './use-sending.ts'
import { useTextFacts } from './use-text-facts.ts'
import { useWorkerTimes } from './use-worker-times.ts'
import { WhenPanel } from './when-panel.tsx'
import { WorkerPicker } from './worker-picker.tsx'

export type NewTaskProps = {
  workers: readonly CatalogueWorker[]
  samples: readonly SampleText[]
  times: WorkerTimes[]
  model: ConnectedModel | null
  initial: Draft
  /** What the address asks for, over what the tab remembers. */
  override: Partial<Draft>
  source: TextSource | null
  /** The document's text, when the form begins with one. */
  given: GivenText | null
  origin: string
  submit: (
    workspace: string,
    input: { request: SubmitRequest; idempotencyKey?: string },
  ) => Promise<ActionResult<{ id: string }>>
}

/** Errors that show at once; the others wait until Run was pressed. */
const EAGER = /^(dueAt|notBefore|option-|tags|title|externalId|idempotencyKey)/

export function NewTaskView(props: NewTaskProps) {
  const { workers, samples, model, source, given, submit } = props
  const workspace = useWorkspace()
  const now = useNow()
  const draftKey = `baton.draft.${workspace.id}${source ? `.${source.key}` : ''}`
  const { draft, savedAt, setDraft, change, restore, forget } = useDraft(props.initial, draftKey, props.override)
  const [advancedOpen, setAdvancedOpen] = useState(false)
  const keyFor = useRequestKey()
  const takeSample = useSample(draft, samples, { change, restore })
  const origin = useOrigin(props.origin)

  const facts = useTextFacts(draft.text)
  const times = useWorkerTimes(props.times)
  const worker = workers.find((candidate) => candidate.name === draft.worker) ?? workers[0]
  if (!worker) throw new Error('The catalogue has no worker.')
  const time = times.data.find((candidate) => candidate.worker === worker.name) ?? null
  const refusal = workspace.whyNot('task.submit')
  const { form, busy, attempted, error, send } = useSending(draft, refusal)

  const own = problemsOf(draft, worker, now)
  const fromServer = error ? serverProblems(error, worker) : []
  const problems = [...own, ...fromServer]
  const visible = problems.filter((problem) => attempted || EAGER.test(problem.field) || fromServer.includes(problem))
  const errorOf = (field: string) => visible.find((problem) => problem.field === field)?.message ?? null

  function visit(field: string) {
    if (ADVANCED_FIELDS.includes(field)) flushSync(() => setAdvancedOpen(true))
    visitField(field)
  }

  function run(event: FormEvent) {
    send(event, {
      wrong: own.length > 0,
      start: () => {
        const request = requestOf(draft, given)
        return submit(workspace.slug, { request, idempotencyKey: draft.idempotencyKey || keyFor(request) })
      },
      done: ({ id }) => {
        forget()
        return workspace.path(`/tasks/${id}`)
      },
    })
  }

  const notes = (
    <>
      {visible.length > 0 ? <CorrectionSummary problems={visible} onVisit={visit} /> : null}
      {error && fromServer.length === 0 ? <ActionNote error={error} /> : null}
    </>
  )
  return (
    <div className="page flex flex-col gap-5">
      <NewTaskHeading
        source={source}
        changed={given !== null && textOf(draft, given) !== given.part}
        savedAt={savedAt}
        workers={workers}
      />
      <form
        ref={form}
        noValidate
        onSubmit={run}
        aria-label="New task"
        className="grid grid-cols-1 gap-4 lg:grid-cols-[minmax(0,1fr)_320px] xl:grid-cols-[minmax(0,1fr)_360px] items-start"
      >
        <div className="flex flex-col gap-4 min-w-0">
          <WorkerPicker
            workers={workers}
            times={times.data}
            value={worker.name}
            onChange={(name) => change({ worker: name })}
            modelOn={model !== null}
          />
          <TextPanel
            text={draft.text}
            facts={facts}
            onChange={(text) => change({ text })}
            onSample={takeSample}
            samples={samples}
            worker={worker.name}
            error={errorOf('text')}
          />
          <OptionFields
            worker={worker}
            values={draft.options[worker.name] ?? {}}
            onChange={(name, value) =>
              change({ options: { ...draft.options, [worker.name]: { ...draft.options[worker.name], [name]: value } } })
            }
            onReset={() => change({ options: { ...draft.options, [worker.name]: {} } })}
            errorOf={errorOf}
          />
          <WhenPanel draft={draft} onChange={change} errorOf={errorOf} />
          <AdvancedPanel
            draft={draft}
            onChange={change}
            errorOf={errorOf}
            open={advancedOpen}
            onToggle={setAdvancedOpen}
          />
        </div>
        <div className="grid grid-cols-1 gap-4 min-w-0 items-start md:max-lg:grid-cols-2 lg:sticky lg:top-16">
          <EstimatePanel
            worker={worker}
            times={time}
            tokens={facts.tokens}
            engine={draft.engine}
            onEngine={(engine) => change({ engine })}
            model={model}
            stale={times.stale || facts.behind}
            busy={busy}
            refusal={refusal}
          >
            {notes}
          </EstimatePanel>
          <div className="grid gap-4 min-w-0">
            <ResultPanel worker={worker} />
            <CodePanel
              draft={draft}
              given={given}
              onDraft={setDraft}
              workers={workers}
              url={`${origin}${workspace.api}/tasks`}
            />
          </div>
        </div>
        <RunBar medianMs={time?.medianMs ?? null} problems={visible} onVisit={visit} busy={busy} refusal={refusal} />
      </form>
    </div>
  )
}

function serverProblems(error: ActionError, worker: CatalogueWorker): Problem[] {
  return (error.issues ?? []).map((issue) => {
    const field = fieldOfIssue(issue)
    return { field, label: labelOf(field, worker), message: issue.message }
  })
}
