'use client'

import { CircleAlert, Play, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { formatCount, formatDuration, formatQuantity } from '#app/_ui/format.ts'
import { Panel } from '#app/_ui/panel.tsx'
import { useModKey } from '#app/_ui/mod-key.ts'
import { SlotGauge } from '#app/_ui/slot-gauge.tsx'
import type { Engine } from '#lib/tasks/states.ts'
import type { WorkerTimes } from '#lib/tasks/shapes.ts'
import type { CatalogueWorker, ConnectedModel } from './catalogue.ts'
import { CostAbout } from './cost-about.tsx'
import { EngineChoice } from './engine-choice.tsx'
import { quoteOf } from './quote.ts'
import { TimeHistogram } from './time-histogram.tsx'

const MOST_SLOTS_DRAWN = 12

export function EstimatePanel({
  worker,
  times,
  tokens,
  engine,
  onEngine,
  model,
  stale,
  busy,
  refusal,
  children,
}: {
  worker: CatalogueWorker
  times: WorkerTimes | null
  /** In the text, about. */
  tokens: number
  engine: Engine
  onEngine: (engine: Engine) => void
  model: ConnectedModel | null
  /** The figures belong to a text or worker from a moment ago. */
  stale: boolean
  busy: boolean
  /** Why this person may not run tasks. */
  refusal: string | null
  /** What stands above the button: what to correct, or why it was refused. */
  children: ReactNode
}) {
  const asksModel = engine === 'model' || (engine === 'auto' && model !== null) || worker.needsModel
  const quote = quoteOf({
    rows: 1,
    textTokens: tokens,
    instructionTokens: worker.instructionTokens,
    sizes: model?.answers[worker.name],
    price: model?.price ?? null,
  })
  return (
    <Panel title="Before it runs" end={<span className="text-12 text-soft">from the last 7 days</span>}>
      <div className="p-3.5 flex flex-col gap-3.5">
        <dl
          className={`grid grid-cols-2 gap-x-4 transition-opacity ${stale ? 'opacity-50' : ''}`}
          aria-busy={stale || undefined}
        >
          <div>
            <dt className="text-12 text-soft">Result in about</dt>
            <dd className="text-28 font-semibold num mt-0.5 tracking-[-0.03em]">
              {times?.medianMs == null ? (
                <span className="text-16 text-faint tracking-normal">no runs yet</span>
              ) : (
                formatDuration((times.startsInMs ?? 0) + times.medianMs)
              )}
            </dd>
            <dd className="text-12 text-soft num">
              {times?.p95Ms == null
                ? 'The first run will tell'
                : times.samples < 20
                  ? `median of ${formatQuantity(times.samples, 'run')}`
                  : `95% by ${formatDuration(times.p95Ms)}`}
            </dd>
          </div>
          <CostAbout asksModel={asksModel} priced={Boolean(model?.price)} quotes={[quote]} />
        </dl>
        {times ? <TimeHistogram times={times} /> : null}
        <dl className="grid gap-2 text-13 border-t border-line pt-3">
          <Queue times={times} />
          {asksModel ? <TokensIn tokens={tokens} instructions={worker.instructionTokens} /> : null}
        </dl>
        <EngineChoice value={engine} onChange={onEngine} model={model} needsModel={worker.needsModel} />
      </div>
      <div className="border-t border-line p-3.5 flex flex-col gap-2.5">
        {children}
        <RunButton busy={busy} refusal={refusal} className="max-md:hidden" />
        {refusal ? <p className="hint">{refusal}</p> : null}
      </div>
    </Panel>
  )
}

export function RunButton({
  label = 'Run task',
  busy,
  refusal,
  className,
}: {
  label?: string
  busy: boolean
  refusal: string | null
  className: string
}) {
  const mod = useModKey()
  return (
    <Button
      type="submit"
      kind="primary"
      size="lg"
      icon={<Play aria-hidden />}
      busy={busy}
      disabledReason={refusal}
      className={`w-full ${className}`}
    >
      {label}
      <kbd className="kbd max-md:hidden" aria-hidden>
        {mod}↵
      </kbd>
    </Button>
  )
}

/** What has to be corrected, with links to the fields; takes the focus when Run was pressed too early. */
export function CorrectionSummary({
  problems,
  onVisit,
}: {
  problems: readonly { field: string; label: string }[]
  onVisit: (field: string) => void
}) {
  return (
    <p id="correction-summary" tabIndex={-1} className="st s-failed text-12! whitespace-normal! outline-offset-4">
      <CircleAlert className="i-sm shrink-0" aria-hidden />
      <span>
        {problems.length === 1 ? '1 field to correct: ' : `${problems.length} fields to correct: `}
        {problems.map((problem, index) => (
          <span key={problem.field}>
            {index === 0 ? '' : ', '}
            <a
              href={`#field-${problem.field}`}
              className="underline underline-offset-2 text-failed-fg"
              onClick={(event) => {
                event.preventDefault()
                onVisit(problem.field)
              }}
            >
              {problem.label}
            </a>
          </span>
        ))}
      </span>
    </p>
  )
}

function Queue({ times }: { times: WorkerTimes | null }) {
  if (!times || times.noWorker)
    return (
      <div className="flex items-start justify-between gap-3">
        <dt className="text-soft">Queue</dt>
        <dd className="text-right st s-failed whitespace-normal! text-13">
          <TriangleAlert className="i-sm shrink-0" aria-hidden />
          Nothing will run: no worker process is online
        </dd>
      </div>
    )
  const { free, slots, waiting, startsInMs } = times
  return (
    <div className="flex items-center justify-between gap-3">
      <dt className="text-soft">Queue</dt>
      <dd className="font-medium inline-flex flex-wrap justify-end items-center gap-x-2 text-right">
        {free > 0 && waiting === 0
          ? 'Starts at once'
          : startsInMs === null
            ? `${formatCount(waiting)} waiting`
            : `Starts in about ${formatDuration(startsInMs)}`}
        <span className="text-soft font-normal inline-flex items-center gap-1.5">
          {slots <= MOST_SLOTS_DRAWN ? (
            <SlotGauge processes={[{ busy: slots - free, total: slots }]} waiting={waiting} mostWaiting={3} size="sm" />
          ) : null}
          {free} of {slots} {slots === 1 ? 'slot' : 'slots'} free
        </span>
      </dd>
    </div>
  )
}

function TokensIn({ tokens, instructions }: { tokens: number; instructions: number }) {
  return (
    <div className="flex items-center justify-between gap-3">
      <dt className="text-soft">Tokens in, about</dt>
      <dd className="num font-medium text-right">
        {formatCount(tokens + instructions)}{' '}
        <span className="text-soft font-normal">
          {formatCount(tokens)} text, {formatCount(instructions)} instructions
        </span>
      </dd>
    </div>
  )
}
