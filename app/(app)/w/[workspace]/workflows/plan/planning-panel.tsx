'use client'

import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatDuration, formatQuantity } from '#app/_ui/format.ts'
import { Panel } from '#app/_ui/panel.tsx'
import type { WorkerTimes } from '#lib/tasks/shapes.ts'
import type { Engine } from '#lib/tasks/states.ts'
import type { CatalogueWorker, ConnectedModel } from '../../tasks/new/catalogue.ts'
import { CostAbout } from '../../tasks/new/cost-about.tsx'
import { EngineChoice } from '../../tasks/new/engine-choice.tsx'
import { RunButton } from '../../tasks/new/estimate-panel.tsx'
import { quoteOf } from '../../tasks/new/quote.ts'

/** A model is shown parts of a longer text, about so many tokens. */
const MOST_SHOWN_TOKENS = 2_500

/** What planning takes, who plans, and the button. */
export function PlanningPanel({
  worker,
  time,
  tokens,
  engine,
  onEngine,
  model,
  label,
  busy,
  refusal,
  children,
}: {
  worker: CatalogueWorker
  time: WorkerTimes | null
  /** In the text, about. */
  tokens: number
  engine: Engine
  onEngine: (engine: Engine) => void
  model: ConnectedModel | null
  /** Of the button. */
  label: string
  busy: boolean
  /** Why this person may not plan. */
  refusal: string | null
  /** What stands above the button: what to correct, or why it was refused. */
  children: ReactNode
}) {
  const asksModel = engine === 'model' || (engine === 'auto' && model !== null)
  const quote = quoteOf({
    rows: 1,
    textTokens: Math.min(tokens, MOST_SHOWN_TOKENS),
    instructionTokens: worker.instructionTokens,
    sizes: model?.answers[worker.name],
    price: model?.price ?? null,
  })
  return (
    <Panel title="Before it plans" end={<span className="text-12 text-soft">from the last 7 days</span>}>
      <div className="p-3.5 flex flex-col gap-3.5">
        <dl className="grid grid-cols-2 gap-x-4">
          <div>
            <dt className="text-12 text-soft">Plan in about</dt>
            <dd className="text-28 font-semibold num mt-0.5 tracking-[-0.03em]">
              {time?.medianMs == null ? (
                <span className="text-16 text-faint tracking-normal">no plans yet</span>
              ) : (
                formatDuration((time.startsInMs ?? 0) + time.medianMs)
              )}
            </dd>
            <dd className="text-12 text-soft num">
              {time?.medianMs == null ? 'The first will tell' : `median of ${formatQuantity(time.samples, 'plan')}`}
            </dd>
          </div>
          <CostAbout asksModel={asksModel} priced={Boolean(model?.price)} quotes={[quote]} />
        </dl>
        {time?.noWorker ? (
          <p className="st s-failed whitespace-normal! text-13">
            <TriangleAlert className="i-sm shrink-0" aria-hidden />
            Nothing will be planned: no worker process is online
          </p>
        ) : null}
        <EngineChoice value={engine} onChange={onEngine} model={model} needsModel={false} />
      </div>
      <div className="border-t border-line p-3.5 flex flex-col gap-2.5">
        <p className="hint">Planning only proposes. Nothing runs before you say so.</p>
        {children}
        <RunButton label={label} busy={busy} refusal={refusal} className="max-md:hidden" />
        {refusal ? <p className="hint">{refusal}</p> : null}
      </div>
    </Panel>
  )
}
