'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { formatDuration } from '#app/_ui/format.ts'
import { DateTime } from '#app/_ui/relative-time.tsx'
import type { BatchSummary } from '#lib/batches/shapes.ts'
import { ITEM_STATES } from '#lib/batches/states.ts'
import { Who } from '../../history/task-values.tsx'
import { BatchStatusBadge, itemMark } from '../batch-status.tsx'
import { endedOf, itemsOf, spelledCounts, tookMs, troubles } from '../words.ts'

type Props = { batches: readonly BatchSummary[]; now: number; path: (rest: string) => string }

/** A row per batch with how far it is; the whole row leads to it. */
export function BatchRows({ batches, now, path }: Props) {
  return (
    <ul>
      {batches.map((batch) => (
        <li
          key={batch.id}
          className="relative grid items-center gap-x-4 gap-y-1.5 px-3.5 py-2.5 border-t border-line first:border-t-0 hover:bg-hover grid-cols-[minmax(0,1fr)_auto] md:grid-cols-[minmax(0,1.3fr)_120px_minmax(0,1fr)_72px_24px]"
        >
          <div className="min-w-0">
            <Link
              href={path(`/batches/${batch.id}`) as Route}
              className="row-a block truncate after:absolute after:inset-0"
            >
              {batch.name}
            </Link>
            <p className="text-12 text-soft truncate">
              {itemsOf(batch)}, {batch.target.title}, <DateTime at={batch.createdAt} />
            </p>
          </div>
          <BatchStatusBadge status={batch.status} look="plain" />
          <span className="grid gap-1 max-md:col-span-2 min-w-0">
            <Shares batch={batch} />
            <span className="text-12 text-soft num truncate">
              {endedOf(batch.counts).toLocaleString('en')} of {batch.size.toLocaleString('en')}
              {troubles(batch.counts) === '' ? '' : `, ${troubles(batch.counts)}`}
            </span>
          </span>
          <span className="num text-soft text-right max-md:hidden">{formatDuration(tookMs(batch, now))}</span>
          <span className="max-md:hidden">
            <Who by={batch.submittedBy} />
          </span>
        </li>
      ))}
    </ul>
  )
}

/** What has ended comes first, what has not begun last. */
const ORDER = ITEM_STATES.toSorted((a, b) => rank(a) - rank(b))

function rank(state: (typeof ITEM_STATES)[number]): number {
  return ['completed', 'failed', 'cancelled', 'blocked', 'in_progress', 'pending', 'not_yet'].indexOf(state)
}

function Shares({ batch }: { batch: BatchSummary }) {
  return (
    <span className="flex gap-px h-2.5 min-w-0">
      <span className="sr">{spelledCounts(batch.counts)}</span>
      {ORDER.filter((state) => batch.counts[state] > 0).map((state) => (
        <i
          key={state}
          aria-hidden
          className={`${itemMark(state)} rounded-xs min-w-1`}
          style={{ flex: batch.counts[state] }}
        />
      ))}
    </span>
  )
}
