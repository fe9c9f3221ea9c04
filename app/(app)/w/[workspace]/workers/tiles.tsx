'use client'

import { formatCount, formatDuration, formatQuantity, formatShare } from '#app/_ui/format.ts'
import { DateTime } from '#app/_ui/relative-time.tsx'
import { SlotGauge } from '#app/_ui/slot-gauge.tsx'
import { Tile } from '#app/_ui/tile.tsx'
import type { WorkersOverview } from '#lib/tasks/shapes.ts'
import { oldest } from './headline.ts'
import { busyOf, isPresent, type Load } from './processes.ts'

const MOST_BARS = 40

export function WorkersTiles({
  overview,
  names,
  loads,
}: {
  overview: WorkersOverview
  names: Map<number, string>
  loads: Map<string, Map<number, Load>>
}) {
  const { pools, processes, alive } = overview
  const total = (of: (pool: (typeof pools)[number]) => number) => pools.reduce((sum, pool) => sum + of(pool), 0)
  const [slots, waiting] = [total((pool) => pool.slots), total((pool) => pool.depth)]
  const [completed, failed] = [total((pool) => pool.today.completed), total((pool) => pool.today.failed)]
  const here = total((pool) => pool.depthHere)
  const oldestMs = oldest(pools)
  const slowest = pools.find((pool) => pool.oldestWaitMs === oldestMs)
  const present = processes.filter(isPresent).toSorted((a, b) => a.id - b.id)
  const totals = present.map((process) => totalOf(loads, process.id))
  const busy = totals.reduce((sum, load) => sum + load.busy, 0)
  const lost = processes.find((process) => process.state === 'lost')
  const edge = 'max-md:border-b border-line md:border-l gap-0.5! [&_.v]:text-16! [&_.v]:leading-6'
  return (
    <dl className="panel grid grid-cols-2 md:grid-cols-[1.5fr_1fr_1fr_1fr] xl:grid-cols-[1.7fr_1fr_1fr_1fr_1fr] overflow-hidden">
      <Tile
        className={`${edge} max-md:col-span-2 md:border-l-0`}
        label="Slots working"
        value={
          <span className="flex items-center gap-x-3 gap-y-1.5 flex-wrap">
            <span>
              {formatCount(busy)} <small>of {formatCount(slots)}</small>
            </span>
            {slots <= MOST_BARS ? <SlotGauge processes={totals} /> : null}
          </span>
        }
        note={
          alive
            ? present.length > 4
              ? formatQuantity(present.length, 'process', 'processes')
              : present
                  .map((process, index) => `${names.get(process.id)} ${totals[index]?.busy} of ${totals[index]?.total}`)
                  .join(', ')
            : 'none is open'
        }
      />
      <Tile
        className={edge}
        label="Waiting"
        value={formatCount(waiting)}
        note={
          waiting === 0
            ? 'nothing waits'
            : here === waiting
              ? 'all of this workspace'
              : `${formatCount(here)} of this workspace`
        }
      />
      <Tile
        className={`${edge} max-md:border-l`}
        label="Oldest that may run"
        value={oldestMs === null ? <span className="text-faint font-medium">none</span> : formatDuration(oldestMs)}
        note={oldestMs === null ? 'no queue' : slowest?.title}
      />
      <Tile
        className={`${edge} max-md:border-b-0`}
        label="Done today"
        value={formatCount(completed)}
        note={
          completed + failed === 0
            ? 'by this workspace'
            : `${formatCount(failed)} failed, ${formatShare(completed / (completed + failed))} succeed`
        }
      />
      <Tile
        className={`${edge} max-md:border-b-0 max-md:border-l md:max-xl:hidden`}
        label="Processes"
        value={
          <>
            {formatCount(present.filter((process) => process.state === 'live').length)} <small>online</small>
          </>
        }
        note={
          lost ? (
            <>
              {names.get(lost.id)} lost at <DateTime at={lost.stoppedAt ?? lost.heartbeatAt} />
            </>
          ) : (
            'none lost in the last hour'
          )
        }
      />
    </dl>
  )
}

/** Busy and open slots of a process, over all worker types. */
function totalOf(loads: Map<string, Map<number, Load>>, process: number): { busy: number; total: number } {
  const each = [...loads.values()].map((byProcess) => busyOf(byProcess.get(process)))
  return {
    busy: each.reduce((sum, load) => sum + load.busy, 0),
    total: each.reduce((sum, load) => sum + load.total, 0),
  }
}
