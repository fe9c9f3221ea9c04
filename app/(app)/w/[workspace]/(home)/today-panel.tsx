'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { formatCount, formatShare } from '#app/_ui/format.ts'
import { Panel } from '#app/_ui/panel.tsx'
import { SlotGauge } from '#app/_ui/slot-gauge.tsx'
import type { HomeState } from './state.ts'

const MOST_BARS = 20

export function TodayPanel({ today, path }: { today: HomeState['today']; path: (rest?: string) => string }) {
  const { completed, failed, failedFrom, slots, busy, waiting } = today
  const ended = completed + failed
  return (
    <Panel title="Today">
      <dl className="p-3.5 grid gap-2.5">
        <div className="flex items-baseline justify-between gap-3">
          <dt className="text-soft">Done</dt>
          <dd className="text-20 font-semibold num tracking-tight">{formatCount(completed)}</dd>
        </div>
        <div className="flex items-baseline justify-between gap-3">
          <dt className="text-soft">Failed</dt>
          <dd className="num font-medium">
            {failedFrom === null ? (
              formatCount(0)
            ) : (
              <Link
                href={path(`/history?status=failed&from=${encodeURIComponent(failedFrom)}`) as Route}
                className="link"
              >
                {formatCount(failed)}
              </Link>
            )}
            <span className="text-12 text-soft font-normal">
              {ended === 0 ? null : `, ${formatShare(completed / ended)} succeed`}
            </span>
          </dd>
        </div>
        <div className="flex items-center justify-between gap-3 pt-2.5 border-t border-line flex-wrap">
          <dt className="text-soft">Slots working</dt>
          <dd className="num font-medium flex items-center gap-2">
            {slots <= MOST_BARS ? (
              <SlotGauge
                size="sm"
                processes={[{ busy, total: slots }]}
                waiting={Math.min(waiting, MOST_BARS - slots)}
              />
            ) : null}
            <Link href={path('/workers') as Route} className="link">
              {formatCount(busy)} of {formatCount(slots)}
            </Link>
          </dd>
        </div>
        <div className="flex items-baseline justify-between gap-3">
          <dt className="text-soft">Waiting here</dt>
          <dd className="num font-medium">
            {waiting === 0 ? <span className="text-faint font-normal">nothing</span> : formatCount(waiting)}
          </dd>
        </div>
      </dl>
    </Panel>
  )
}
