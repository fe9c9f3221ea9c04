'use client'

import { Fact } from '#app/_ui/fact.tsx'
import { formatCount } from '#app/_ui/format.ts'
import { Money } from '#app/_ui/money.tsx'
import { useWorkspace } from '#app/_ui/workspace.tsx'
import type { BatchDetail } from '#lib/batches/shapes.ts'
import { ITEM_STATES } from '#lib/batches/states.ts'
import { itemMark } from '../batch-status.tsx'
import { binsOf } from '../bins.ts'
import { BudgetFact } from './budget-fact.tsx'
import { endedOf, ITEM_WORDS, itemsOf, paceOf, spelledCounts, timeWords, troubles } from '../words.ts'

const MOST_MARKS = 240

/** How far it is, in one look: a mark for each row, and the figures. */
export function ProgressPanel({ batch, now, onCap }: { batch: BatchDetail; now: number; onCap: () => void }) {
  const { counts, size, budget } = batch
  const refusal = useWorkspace().whyNot('batch.change')
  const time = timeWords(batch, now)
  const pace = paceOf(batch, now)
  return (
    <section className="border border-line rounded-lg overflow-hidden" aria-label="Progress of the batch">
      <Marks batch={batch} />
      <dl
        className={`grid grid-cols-2 gap-px bg-line border-t border-line ${budget ? 'md:grid-cols-4 min-[87.5rem]:grid-cols-[repeat(4,minmax(0,1fr))_minmax(0,1.6fr)]' : 'md:grid-cols-5'}`}
      >
        <Fact
          name="Done"
          value={`${formatCount(endedOf(counts))} of ${formatCount(size)}`}
          note={troubles(counts) || 'none failed'}
        />
        <Fact {...time} />
        <Fact
          name="Speed"
          value={pace === null ? <span className="text-faint">none</span> : `${formatCount(pace)} a minute`}
          note={counts.in_progress === 0 ? 'none works now' : `${formatCount(counts.in_progress)} at once`}
        />
        <Fact
          name="Tokens"
          value={batch.tokens === null ? <span className="text-faint">none</span> : formatCount(batch.tokens)}
          note={batch.tokens === null ? 'no model asked' : 'of all calls'}
        />
        {budget ? (
          <BudgetFact budget={budget} refusal={refusal} onChange={onCap} />
        ) : (
          <CostFact batch={batch} onCap={refusal ? null : onCap} />
        )}
      </dl>
    </section>
  )
}

/** Without a cap; one can be set while it is open. */
function CostFact({ batch, onCap }: { batch: BatchDetail; onCap: (() => void) | null }) {
  const note = batch.tokens === null ? 'no model asked' : batch.costMicros === null ? 'no price is set' : 'of all calls'
  return (
    <Fact
      className="max-md:col-span-2"
      name="Cost"
      value={batch.tokens === null ? '$0' : <Money micros={batch.costMicros} />}
      note={
        onCap && batch.finishedAt === null ? (
          <>
            {note},{' '}
            <button type="button" className="link" onClick={onCap}>
              set a cap
            </button>
          </>
        ) : (
          note
        )
      }
    />
  )
}

function Marks({ batch }: { batch: BatchDetail }) {
  const bins = binsOf(batch.cells, MOST_MARKS)
  const each = bins[0] ? bins[0].to - bins[0].from + 1 : 1
  return (
    <div className="px-3.5 pt-3 pb-3.5 bg-sheet">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 mb-2.5">
        <h2 className="text-12 font-medium text-soft!">
          {each === 1
            ? `One mark for each ${batch.of}, in their order`
            : `One mark for ${each} ${batch.of}s, in their order; what needs you shows`}
        </h2>
        <p className="flex flex-wrap gap-x-3.5 gap-y-1 text-12 text-soft min-[87.5rem]:ml-auto">
          {ITEM_STATES.filter((state) => batch.counts[state] > 0).map((state) => (
            <span key={state} className="inline-flex items-center gap-1.5 whitespace-nowrap">
              <i className={`w-3 h-2.5 rounded-[2px] ${itemMark(state)}`} aria-hidden />
              {ITEM_WORDS[state].toLowerCase()}
            </span>
          ))}
        </p>
      </div>
      <p className="sr">
        {itemsOf(batch)}: {spelledCounts(batch.counts)}
      </p>
      <div className="grid grid-cols-30 md:grid-cols-60 min-[87.5rem]:grid-cols-120 gap-0.5" aria-hidden>
        {bins.map(({ from, to, state }) => (
          <i
            key={from}
            title={`${from === to ? `Row ${from}` : `Rows ${from} to ${to}`}: ${ITEM_WORDS[state].toLowerCase()}`}
            className={`h-4 min-[87.5rem]:h-5 rounded-[2px] ${itemMark(state)}`}
          />
        ))}
      </div>
    </div>
  )
}
