'use client'

import { CirclePlay, CircleSlash, Unplug } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { Button } from '#app/_ui/button.tsx'
import { formatCount, formatDuration, formatQuantity } from '#app/_ui/format.ts'
import { NumberField } from '#app/_ui/number-field.tsx'
import { SlotGauge } from '#app/_ui/slot-gauge.tsx'
import type { Pool } from '#lib/tasks/shapes.ts'
import type { PoolProps } from './pool-props.ts'
import { busyOf } from './processes.ts'
import { WorkerIcon } from './worker-icon.tsx'

const MOST_SLOTS = 256
const MOST_BARS = 24

export function PoolName({ pool, alive, href }: { pool: Pool; alive: boolean; href: string }) {
  return (
    <span className="flex items-center gap-3 min-w-0">
      <span className="grid place-items-center size-8 shrink-0 rounded-md bg-well border border-line text-soft">
        <WorkerIcon worker={pool.worker} />
      </span>
      <span className="min-w-0 grid gap-0.5">
        <Link href={href as Route} className="row-a truncate" title={`Tasks of ${pool.title} in History`}>
          {pool.title}
        </Link>
        <PoolState pool={pool} alive={alive} />
      </span>
    </span>
  )
}

function PoolState({ pool, alive }: { pool: Pool; alive: boolean }) {
  if (!alive)
    return (
      <span className="st s-failed text-12!">
        <Unplug className="i-sm" aria-hidden />
        No process
      </span>
    )
  if (pool.slotsPerProcess === 0)
    return (
      <span className="st s-blocked text-12!">
        <CircleSlash className="i-sm" aria-hidden />
        No slots
      </span>
    )
  return (
    <span className="st s-completed text-12!">
      <CirclePlay className="i-sm" aria-hidden />
      Running
    </span>
  )
}

export function PoolGauge({ pool, processes, loads }: Pick<PoolProps, 'pool' | 'processes' | 'loads'>) {
  const few = pool.slots <= MOST_BARS
  return (
    <SlotGauge
      processes={few ? processes.map((process) => busyOf(loads.get(process.id))) : []}
      waiting={pool.depth}
      mostWaiting={few ? 5 : 8}
    />
  )
}

export function PoolLoads({
  pool,
  processes,
  names,
  loads,
}: Pick<PoolProps, 'pool' | 'processes' | 'names' | 'loads'>) {
  if (processes.length === 0) return null
  if (processes.length > 4)
    return `${formatQuantity(processes.length, 'process', 'processes')}, ${pool.slotsPerProcess} each`
  return processes.map((process, index) => {
    const { busy, total } = busyOf(loads.get(process.id))
    return (
      <span key={process.id}>
        {index > 0 ? <span className="text-faint"> · </span> : null}
        <span className="whitespace-nowrap">
          <span className="text-faint">{names.get(process.id)}</span> {busy}/{total}
        </span>
      </span>
    )
  })
}

export function SlotsField({ pool, draft, slotsReason, onDraft }: PoolProps) {
  return (
    <NumberField
      value={draft}
      onChange={(value) => onDraft(value ?? pool.slotsPerProcess)}
      min={0}
      max={MOST_SLOTS}
      unit={`slot for ${pool.title}`}
      aria-label={`Slots per process, ${pool.title}`}
      readOnlyReason={slotsReason}
    />
  )
}

/** What a change would do, and the button that does it; nothing changes before. */
export function SlotsChange({ pool, draft, processes, onDraft, onApply }: PoolProps) {
  const by = draft - pool.slotsPerProcess
  const live = Math.max(processes.filter((process) => process.state === 'live').length, pool.processes)
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2.5 py-3">
      <output className="min-w-0 flex-1 basis-72 text-12 text-soft">
        <span className="font-medium text-13 text-ink">
          {formatQuantity(draft, 'slot')} per process, was {pool.slotsPerProcess}.
        </span>{' '}
        {live === 0 ? 'It holds for the next process.' : `${formatCount(draft * live)} in all.`}{' '}
        {draft === 0
          ? 'What runs finishes; what waits and what comes waits.'
          : by < 0
            ? 'What runs finishes, then its slots close.'
            : 'Works at once, nothing restarts.'}
      </output>
      <div className="flex gap-1.5 max-md:w-full">
        <Button kind="primary" className="max-md:flex-1" onClick={onApply}>
          {draft === 0
            ? 'Close all slots'
            : `${by > 0 ? 'Add' : 'Remove'} ${formatQuantity(Math.abs(by), 'slot')}${live > 1 ? ' per process' : ''}`}
        </Button>
        <Button kind="ghost" onClick={() => onDraft(pool.slotsPerProcess)}>
          Leave at {pool.slotsPerProcess}
        </Button>
      </div>
    </div>
  )
}

/** Figures with what belongs to each, below it. */
export function figuresOf(pool: Pool) {
  const { completed, failed, averageMs, p95Ms } = pool.today
  return [
    {
      name: 'Waiting',
      value: pool.depth === 0 ? <span className="text-faint">none</span> : formatCount(pool.depth),
      note: pool.oldestWaitMs === null ? '' : formatDuration(pool.oldestWaitMs),
      tone: pool.depth === 0 ? '' : 'text-pending-fg font-semibold',
    },
    {
      name: 'Done today',
      value: formatCount(completed),
      note: failed === 0 ? '' : `${formatCount(failed)} failed`,
      tone: '',
    },
    {
      name: 'Average',
      value: averageMs === null ? <span className="text-faint">no data</span> : formatDuration(averageMs),
      note: p95Ms === null ? '' : formatDuration(p95Ms),
      tone: '',
    },
  ]
}
