'use client'

import { CircleDashed, Lock } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { useNow } from '#app/_ui/clock.tsx'
import { formatDuration } from '#app/_ui/format.ts'
import type { RunningTask } from '#lib/pools/running.ts'
import type { Pool } from '#lib/tasks/shapes.ts'
import type { Slot } from './processes.ts'
import { WorkerIcon } from './worker-icon.tsx'

/** What each slot of a process does right now. */
export function SlotTable({
  name,
  pools,
  slots,
  hrefOfTask,
}: {
  name: string
  pools: readonly Pool[]
  slots: readonly Slot[]
  hrefOfTask: (id: string) => string
}) {
  return (
    <table className="table table-fixed [&_tbody_tr:last-child>*]:border-b-0!">
      <caption className="sr">What each slot of {name} does right now</caption>
      <colgroup>
        <col className="w-8" />
        <col className="w-10" />
        <col />
        <col className="w-20 min-[87.5rem]:w-28 max-md:hidden" />
        <col className="w-[84px]" />
      </colgroup>
      <thead className="sr">
        <tr>
          <th scope="col">Slot</th>
          <th scope="col">Kind</th>
          <th scope="col">Doing now</th>
          <th scope="col" className="max-md:hidden">
            Of the usual time
          </th>
          <th scope="col">For</th>
        </tr>
      </thead>
      <tbody>
        {slots.map((slot, index) => (
          <SlotRow
            // oxlint-disable-next-line react/no-array-index-key -- a slot is its number
            key={index}
            slot={slot}
            number={index + 1}
            pool={pools.find((pool) => pool.worker === slot.worker)}
            hrefOfTask={hrefOfTask}
          />
        ))}
      </tbody>
    </table>
  )
}

function SlotRow({
  slot,
  number,
  pool,
  hrefOfTask,
}: {
  slot: Slot
  number: number
  pool: Pool | undefined
  hrefOfTask: (id: string) => string
}) {
  const { task } = slot
  return (
    <tr>
      <td className="num text-faint text-right pl-3.5! pr-1! h-11!">{number}</td>
      <td className="pr-0!">
        <span
          className={`grid place-items-center size-7 rounded-md border border-line ${slot.kind === 'free' ? 'text-faint border-dashed' : 'bg-well text-soft'}`}
        >
          <WorkerIcon worker={slot.worker} small />
        </span>
      </td>
      <th scope="row" className="h-11! py-1! font-normal! text-13! text-ink! border-b border-line!">
        {task ? (
          <Link href={hrefOfTask(task.id) as Route} className="row-a block truncate leading-[18px]">
            {task.title}
          </Link>
        ) : (
          <span className="flex items-center gap-1.5 leading-[18px] text-soft">
            {slot.kind === 'free' ? (
              <CircleDashed className="i-sm" aria-hidden />
            ) : (
              <Lock className="i-sm" aria-hidden />
            )}
            {slot.kind === 'free' ? 'Free' : 'Works for another workspace'}
          </span>
        )}
        <span className="block text-12 text-soft truncate">
          {slot.closing ? 'Finishes, then closes, ' : ''}
          {pool?.title ?? slot.worker}
        </span>
      </th>
      {task ? <Elapsed task={task} usualMs={pool?.today.averageMs ?? null} /> : <NoElapsed />}
    </tr>
  )
}

function Elapsed({ task, usualMs }: { task: RunningTask; usualMs: number | null }) {
  const now = useNow()
  const ms = Math.max(0, now - new Date(task.startedAt).getTime())
  const share = usualMs === null ? null : Math.min(1, ms / Math.max(usualMs, 1))
  return (
    <>
      <td className="max-md:hidden">
        {share === null ? null : (
          <span className="flex h-2 gap-px" aria-hidden>
            <i className="block solid s-progress rounded-xs" style={{ width: `${Math.max(4, share * 100)}%` }} />
            {share < 1 ? <i className="block outline-bar rounded-xs flex-1" /> : null}
          </span>
        )}
      </td>
      <td className="r pr-3.5! pl-0!">{formatDuration(ms)}</td>
    </>
  )
}

function NoElapsed() {
  return (
    <>
      <td className="max-md:hidden">
        <span className="flex h-2" aria-hidden>
          <i className="block outline-bar rounded-xs flex-1" />
        </span>
        <span className="sr">Nothing runs</span>
      </td>
      <td className="r pr-3.5! pl-0! text-faint">
        <span aria-hidden>–</span>
        <span className="sr">No time</span>
      </td>
    </>
  )
}
