'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { FlaskConical } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { formatMoney } from '#lib/money.ts'
import { formatCount, formatDuration, formatQuantity } from '#app/_ui/format.ts'
import { Note } from '#app/_ui/note.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { WorkerTimes } from '#lib/tasks/shapes.ts'
import type { Engine } from '#lib/tasks/states.ts'
import type { ConnectedModel } from '../../tasks/new/catalogue.ts'
import { CostAbout } from '../../tasks/new/cost-about.tsx'
import { type Quote, sumOf } from '../../tasks/new/quote.ts'
import { EngineChoice } from '../../tasks/new/engine-choice.tsx'
import { RunButton } from '../../tasks/new/estimate-panel.tsx'
import { CostAgainstCap } from './cost-against-cap.tsx'
import type { Refusal } from './send-table.ts'

type Props = {
  /** Rows that will run; null before a table was read. */
  usable: number | null
  of: 'row' | 'file'
  failing: number
  /** Of the worker; undefined for a workflow. */
  times: WorkerTimes | undefined
  /** Tasks of a row. */
  steps: number
  engine: Engine
  onEngine: (engine: Engine) => void
  model: ConnectedModel | null
  needsModel: boolean
  /** Of each worker that a text goes through; null while the texts are not known. */
  quotes: readonly Quote[] | null
  /** The field for it, and what stands in it. */
  cap: ReactNode
  capMicros: number | null
  busy: boolean
  refusal: Refusal | null
  /** Starts only so many. */
  onTry: (first: number) => void
  onAgain: () => void
}

/** What it will take, who answers, and the button. */
export function StartBatchPanel(props: Props) {
  const { usable, of, failing, steps, engine, onEngine, model, needsModel, quotes, busy, refusal, onAgain } = props
  const { cap, capMicros, onTry } = props
  const cost = asksCost(props)
  const forbidden = useWorkspace().whyNot('batch.start')
  const asksModel = engine === 'model' || (engine === 'auto' && model !== null)
  const expected = expectedMs(props)
  return (
    <Panel
      title="Before it runs"
      className="lg:sticky lg:top-16"
      end={<span className="text-12 text-soft">from the last 7 days</span>}
    >
      <div className="p-3.5 flex flex-col gap-3.5">
        <dl className="grid grid-cols-2 gap-x-4 gap-y-3">
          <div>
            <dt className="text-12 text-soft">{of === 'row' ? 'Rows' : 'Files'} that run</dt>
            <dd className="text-28 font-semibold num mt-0.5 tracking-[-0.03em]">
              {usable === null ? (
                <span className="text-16 text-faint tracking-normal">none yet</span>
              ) : (
                formatCount(usable)
              )}
            </dd>
            <dd className="text-12 text-soft num">
              {failing > 0 ? `${formatCount(failing)} cannot` : steps > 1 ? `${steps} tasks each` : 'a task each'}
            </dd>
          </div>
          <CostAbout asksModel={asksModel} priced={Boolean(model?.price)} quotes={quotes} />
          {asksModel ? <CostAgainstCap quotes={quotes} capMicros={capMicros} /> : null}
          <div className="col-span-2">
            <dt className="text-12 text-soft">Ready in about</dt>
            <dd className="text-16 font-semibold num mt-0.5">
              {expected === null ? (
                <span className="text-faint">not known before the first runs</span>
              ) : (
                formatDuration(expected)
              )}
            </dd>
          </div>
          {asksModel ? (
            <div className="col-span-2">
              <dt className="text-12 text-soft">Tokens, about</dt>
              <dd className="text-16 font-semibold num mt-0.5">
                <TokensAbout quotes={quotes} />
              </dd>
            </div>
          ) : null}
        </dl>
        <p className="text-12 text-soft">
          They run at low priority, a few in the queue at a time: whatever else you submit passes them by.
        </p>
        <EngineChoice value={engine} onChange={onEngine} model={model} needsModel={needsModel} />
      </div>
      {asksModel ? <div className="border-t border-line p-3.5">{cap}</div> : null}
      <div className="border-t border-line p-3.5 flex flex-col gap-2.5">
        {refusal ? <Refused refusal={refusal} busy={busy} onAgain={onAgain} /> : null}
        <RunButton
          label={usable === null ? 'Start batch' : `Start ${formatQuantity(usable, of)}`}
          busy={busy}
          refusal={forbidden}
          className=""
        />
        {usable !== null && usable > TRIED ? (
          <Button
            size="lg"
            className="w-full"
            icon={<FlaskConical aria-hidden />}
            busy={busy}
            disabledReason={forbidden}
            onClick={() => onTry(TRIED)}
          >
            Try {TRIED} first
            {cost === null ? null : (
              <span className="text-soft font-normal num">about {formatMoney((cost / usable) * TRIED)}</span>
            )}
          </Button>
        ) : null}
        {forbidden ? <p className="hint">{forbidden}</p> : null}
      </div>
    </Panel>
  )
}

const TRIED = 5

/** The whole batch, most likely; null while nobody knows. */
function asksCost({ engine, model, quotes }: Props): number | null {
  const asksModel = engine === 'model' || (engine === 'auto' && model !== null)
  return asksModel && quotes ? (sumOf(quotes)?.middle ?? null) : null
}

/** As long as its tasks usually take, over the slots that there are; null while nobody knows. */
function expectedMs({ usable, times }: Props): number | null {
  if (usable === null || !times || times.medianMs === null || times.slots === 0) return null
  return (usable * times.medianMs) / times.slots + (times.startsInMs ?? 0)
}

function Refused({ refusal, busy, onAgain }: { refusal: Refusal; busy: boolean; onAgain: () => void }) {
  const { path } = useWorkspace()
  if (refusal.batchId === null)
    return (
      <Note tone="failed" alert title={refusal.issues[0]?.message ?? refusal.message}>
        Nothing was started.
      </Note>
    )
  return (
    <Note
      tone="blocked"
      alert
      title="The same batch is here already"
      actions={
        <Button size="sm" busy={busy} onClick={onAgain}>
          Run it twice
        </Button>
      }
    >
      The same texts went through the same work before, so nothing was started.{' '}
      <Link className="link" href={path(`/batches/${refusal.batchId}`) as Route}>
        Open that batch
      </Link>
      .
    </Note>
  )
}

function TokensAbout({ quotes }: Pick<Props, 'quotes'>) {
  if (quotes === null) return <span className="text-faint">known when the texts are read</span>
  const sum = (of: (quote: Quote) => number) => quotes.reduce((total, quote) => total + of(quote), 0)
  if (quotes.some(({ tokens }) => tokens === null)) return <>{formatCount(sum(({ inputTokens }) => inputTokens))} in</>
  return (
    <>
      {formatCount(sum(({ tokens }) => tokens?.middle ?? 0))}{' '}
      <span className="text-12 text-soft font-normal">
        {formatCount(sum(({ tokens }) => tokens?.low ?? 0))} to {formatCount(sum(({ tokens }) => tokens?.high ?? 0))}
      </span>
    </>
  )
}
