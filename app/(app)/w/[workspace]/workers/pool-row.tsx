'use client'

import { figuresOf, PoolGauge, PoolLoads, PoolName, SlotsChange, SlotsField } from './pool-parts.tsx'
import type { PoolProps } from './pool-props.ts'
import { busyAcross } from './processes.ts'

/** A worker as a row, from 1280 px. */
export function PoolRow(props: PoolProps) {
  const { pool, alive, draft, hrefOfWorker } = props
  const changed = draft !== pool.slotsPerProcess
  return (
    <>
      <tr className={changed ? '[&>*]:bg-selected [&>*]:border-b-0!' : ''}>
        <th
          scope="row"
          className={`h-16! pl-3.5! pr-1! font-normal! text-13! text-ink! ${changed ? 'shadow-[inset_2px_0_0_var(--accent)]' : ''}`}
        >
          <PoolName pool={pool} alive={alive} href={hrefOfWorker(pool.worker)} />
        </th>
        <td className="whitespace-normal!">
          <span className="flex items-center gap-2">
            <b className="num font-medium min-w-11 text-right shrink-0">
              {busyAcross(props.loads)} of {pool.slots}
            </b>
            <PoolGauge {...props} />
          </span>
          <span className="block text-12 text-soft num mt-1 pl-13">
            <PoolLoads {...props} />
          </span>
        </td>
        {alive ? (
          <td>
            <SlotsField {...props} />
          </td>
        ) : null}
        {figuresOf(pool).map((figure) => (
          <td key={figure.name} className="r last:pr-3.5!">
            <span className={`block font-medium ${figure.tone}`}>{figure.value}</span>
            <span className="block text-12 text-soft">{figure.note || ' '}</span>
          </td>
        ))}
      </tr>
      {changed ? (
        <tr className="[&>*]:bg-selected">
          <td
            colSpan={6}
            className="pl-[58px]! pr-3.5! whitespace-normal! border-t border-t-accent-line! shadow-[inset_2px_0_0_var(--accent)]"
          >
            <SlotsChange {...props} />
          </td>
        </tr>
      ) : null}
    </>
  )
}
