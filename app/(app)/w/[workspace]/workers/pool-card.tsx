'use client'

import { figuresOf, PoolGauge, PoolLoads, PoolName, SlotsChange, SlotsField } from './pool-parts.tsx'
import type { PoolProps } from './pool-props.ts'
import { busyAcross } from './processes.ts'

/** A worker as a card, below 1280 px. */
export function PoolCard(props: PoolProps) {
  const { pool, alive, draft, hrefOfWorker } = props
  const changed = draft !== pool.slotsPerProcess
  return (
    <li className={`rounded-lg border min-w-0 ${changed ? 'border-accent md:col-span-2' : 'border-line'}`}>
      <div className="p-3.5 grid gap-3">
        <PoolName pool={pool} alive={alive} href={hrefOfWorker(pool.worker)} />
        <div>
          <p className="flex items-center justify-between gap-3">
            <b className="num font-medium">
              {busyAcross(props.loads)} of {pool.slots} slots
            </b>
            <PoolGauge {...props} />
          </p>
          <p className="text-12 text-soft num mt-1">
            <PoolLoads {...props} />
          </p>
        </div>
        <dl className="grid grid-cols-3 gap-2 text-12">
          {figuresOf(pool).map((figure) => (
            <div key={figure.name} className="min-w-0">
              <dt className="text-soft">{figure.name}</dt>
              <dd className={`num font-medium text-13 ${figure.tone}`}>{figure.value}</dd>
              <dd className="num text-soft">{figure.note}</dd>
            </div>
          ))}
        </dl>
        <div className="flex items-center justify-between gap-3 pt-3 border-t border-line">
          <span className="text-12 text-soft">Slots per process</span>
          <SlotsField {...props} />
        </div>
      </div>
      {changed ? (
        <div className="px-3.5 border-t border-accent-line bg-selected rounded-b-lg">
          <SlotsChange {...props} />
        </div>
      ) : null}
    </li>
  )
}
