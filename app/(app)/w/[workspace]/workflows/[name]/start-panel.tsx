'use client'

import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatDuration } from '#app/_ui/format.ts'
import { Panel } from '#app/_ui/panel.tsx'
import type { WorkerTimes } from '#lib/tasks/shapes.ts'
import type { Engine } from '#lib/tasks/states.ts'
import type { StepDefinition } from '#lib/workflows/definition.ts'
import type { CatalogueWorker, ConnectedModel } from '../../tasks/new/catalogue.ts'
import { CostAbout } from '../../tasks/new/cost-about.tsx'
import { quoteOf } from '../../tasks/new/quote.ts'
import { EngineChoice } from '../../tasks/new/engine-choice.tsx'
import { RunButton } from '../../tasks/new/estimate-panel.tsx'
import { StepIcon } from '#app/_ui/step-icon.tsx'

/** What it will take, who answers, and the button. */
export function StartPanel({
  steps,
  workers,
  tokens,
  times,
  engine,
  onEngine,
  model,
  label,
  expected,
  busy,
  refusal,
  children,
}: {
  steps: readonly StepDefinition[]
  workers: readonly CatalogueWorker[]
  /** In the text, about. */
  tokens: number
  times: readonly WorkerTimes[]
  engine: Engine
  onEngine: (engine: Engine) => void
  model: ConnectedModel | null
  /** Of the button. */
  label: string
  /** How long it will take, about; null while nobody knows. */
  expected: number | null
  busy: boolean
  /** Why this person may not start workflows. */
  refusal: string | null
  /** What stands above the button: what to correct, or why it was refused. */
  children: ReactNode
}) {
  const asksModel = engine === 'model' || (engine === 'auto' && model !== null)
  // How many tasks a list or another workflow will have, its text tells.
  const open = steps.some(({ kind }) => kind === 'map' || kind === 'workflow')
  const quotes = open
    ? null
    : steps.flatMap((step) => {
        if (step.kind !== 'worker') return []
        const instructionTokens = workers.find(({ name }) => name === step.worker)?.instructionTokens ?? 0
        const sizes = model?.answers[step.worker]
        return [quoteOf({ rows: 1, textTokens: tokens, instructionTokens, sizes, price: model?.price ?? null })]
      })
  const needsModel = steps.some(
    (step) =>
      (step.kind === 'worker' || step.kind === 'map') &&
      workers.some(({ name, needsModel: needs }) => name === step.worker && needs),
  )
  const timeOf = (step: StepDefinition) => {
    if (step.kind === 'approval') return 'a person decides'
    if (step.kind !== 'worker' && step.kind !== 'map') return 'at once'
    const medianMs = times.find(({ worker }) => worker === step.worker)?.medianMs ?? null
    return medianMs === null ? 'no runs yet' : `about ${formatDuration(medianMs)}${step.kind === 'map' ? ' each' : ''}`
  }
  return (
    <Panel
      title="Before it runs"
      className="lg:sticky lg:top-16"
      end={<span className="text-12 text-soft">from the last 7 days</span>}
    >
      <div className="p-3.5 flex flex-col gap-3.5">
        <dl className="grid grid-cols-2 gap-x-4">
          <div>
            <dt className="text-12 text-soft">Report in about</dt>
            <dd className="text-28 font-semibold num mt-0.5 tracking-[-0.03em]">
              {expected === null ? (
                <span className="text-16 text-faint tracking-normal">no runs yet</span>
              ) : (
                formatDuration(expected)
              )}
            </dd>
          </div>
          <CostAbout asksModel={asksModel} priced={Boolean(model?.price)} quotes={quotes} />
        </dl>
        {times.some(({ noWorker }) => noWorker) ? (
          <p className="st s-failed whitespace-normal! text-13">
            <TriangleAlert className="i-sm shrink-0" aria-hidden />
            Nothing will run: no worker process is online
          </p>
        ) : null}
        <ul className="grid grid-cols-[minmax(0,1fr)] gap-1.5 border-t border-line pt-3" aria-label="Steps">
          {steps.map((step) => (
            <li key={step.name} className="flex items-center gap-2">
              <StepIcon step={step} className="i-sm text-faint" />
              <span className="truncate" title={step.title}>
                {step.title}
              </span>
              <span className="ml-auto num text-soft whitespace-nowrap">{timeOf(step)}</span>
            </li>
          ))}
        </ul>
        <EngineChoice value={engine} onChange={onEngine} model={model} needsModel={needsModel} />
      </div>
      <div className="border-t border-line p-3.5 flex flex-col gap-2.5">
        {children}
        <RunButton label={label} busy={busy} refusal={refusal} className="max-md:hidden" />
        {refusal ? <p className="hint">{refusal}</p> : null}
      </div>
    </Panel>
  )
}
