'use client'

import { TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import type { Route } from 'next'
import { SlotGauge } from '../slot-gauge.tsx'
import { useWorkspace } from '../workspace.tsx'
import type { Pulse } from './pulse.ts'

const MOST_BARS = 20

/** How busy the worker processes are, at the foot of the rail. */
export function SlotsCard({ pulse }: { pulse: Pulse }) {
  const { path } = useWorkspace()
  const { slots, busy, waiting, alive } = pulse.slots
  return (
    <Link
      href={path('/workers') as Route}
      className="mt-auto hidden xl:block rounded-lg border border-line bg-sheet p-2.5 text-12 no-underline text-ink hover:border-line-strong"
    >
      {alive ? (
        <>
          <span className="flex items-center justify-between text-soft">
            <span>Slots working</span>
            <span className="num text-ink font-medium">
              {busy} of {slots}
            </span>
          </span>
          {slots <= MOST_BARS ? (
            <span className="block mt-1.5">
              <SlotGauge
                processes={[{ busy, total: slots }]}
                waiting={Math.min(waiting, MOST_BARS - slots)}
                mostWaiting={MOST_BARS}
                size="sm"
              />
            </span>
          ) : null}
          <span className="block text-faint mt-1.5">
            {waiting === 0 ? 'Nothing waits' : `${waiting.toLocaleString('en')} waiting`}
          </span>
        </>
      ) : (
        <span className="st s-failed text-12! whitespace-normal!">
          <TriangleAlert className="i-sm" aria-hidden />
          No worker is running
        </span>
      )}
    </Link>
  )
}
