'use client'

import { useState } from 'react'
import { Panel } from '#app/_ui/panel.tsx'
import type { Pool } from '#lib/tasks/shapes.ts'
import { PoolCard } from './pool-card.tsx'
import type { PoolProps, PoolsProps } from './pool-props.ts'
import { PoolRow } from './pool-row.tsx'

export function PoolsPanel({ pools, loads, ...rest }: PoolsProps) {
  const [drafts, setDrafts] = useState<Record<string, number>>({})
  const propsOf = (pool: Pool): PoolProps => {
    const draft = drafts[pool.worker] ?? pool.slotsPerProcess
    const forget = () => setDrafts(({ [pool.worker]: _applied, ...others }) => others)
    return {
      ...rest,
      pool,
      loads: loads.get(pool.worker) ?? new Map(),
      draft,
      onDraft: (slots) =>
        slots === pool.slotsPerProcess ? forget() : setDrafts((held) => ({ ...held, [pool.worker]: slots })),
      onApply: () => {
        rest.onSlots(pool.worker, draft)
        forget()
      },
    }
  }
  return (
    <Panel
      title="Workers"
      count={pools.length}
      className="overflow-hidden"
      end={
        <span className="text-12 text-soft flex gap-3 max-md:hidden">
          <Legend mark="bg-accent">working</Legend>
          <Legend mark="outline-bar">free</Legend>
          <Legend mark="hatch">waiting</Legend>
        </span>
      }
    >
      <table className="table table-fixed max-xl:hidden [&_tbody_tr:hover_td]:bg-none! [&_tbody_tr:last-child>*]:border-b-0!">
        <caption className="sr">
          The workers: slots, what waits, results and times of today, and what you can change
        </caption>
        <colgroup>
          <col className="w-[230px]" />
          <col />
          {rest.alive ? <col className="w-[124px]" /> : null}
          <col className="w-[116px]" />
          <col className="w-[100px]" />
          <col className="w-[112px]" />
        </colgroup>
        <thead>
          <tr>
            <th scope="col" className="px-3.5!">
              Worker
            </th>
            <th scope="col" className="pl-[62px]!">
              Slots
            </th>
            {rest.alive ? <th scope="col">Per process</th> : null}
            <th scope="col" className="r">
              Waiting, oldest
            </th>
            <th scope="col" className="r">
              Done today
            </th>
            <th scope="col" className="r pr-3.5!">
              Average, p95
            </th>
          </tr>
        </thead>
        <tbody>
          {pools.map((pool) => (
            <PoolRow key={pool.worker} {...propsOf(pool)} />
          ))}
        </tbody>
      </table>
      <ul className="xl:hidden p-3.5 grid gap-3.5 md:grid-cols-2">
        {pools.map((pool) => (
          <PoolCard key={pool.worker} {...propsOf(pool)} />
        ))}
      </ul>
      {rest.slotsReason === null ? null : (
        <p className="text-12 text-soft px-3.5 py-2.5 border-t border-line">{rest.slotsReason}</p>
      )}
    </Panel>
  )
}

function Legend({ mark, children }: { mark: string; children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <i className={`${mark} w-2 h-3.5 rounded-[2px]`} aria-hidden />
      {children}
    </span>
  )
}
