'use client'

import { useNow } from '#app/_ui/clock.tsx'
import { formatDuration, formatSeconds } from '#app/_ui/format.ts'
import type { BoardStep } from '#lib/workflows/shapes.ts'
import { stepTone } from '../../../step-badge.tsx'
import { hasBegun, isOpen, spentOf } from './spent.ts'

type Props = { step: BoardStep; readAt: number }

/** How long a step waited and worked; it goes on while the step is open. */
export function StepTime(props: Props) {
  return isOpen(props.step) ? <Ticking {...props} /> : <Took {...props} sinceMs={0} />
}

function Ticking(props: Props) {
  const now = useNow()
  return <Took {...props} sinceMs={Math.max(0, now - props.readAt)} />
}

function Took({ step, sinceMs }: Props & { sinceMs: number }) {
  if (!hasBegun(step)) return <i className="outline-bar block h-2 w-full rounded-xs" aria-hidden />
  const { waitedMs, workedMs } = spentOf(step, sinceMs)
  return (
    <span className="flex items-center gap-2 w-full min-w-0">
      <span className="dur flex-1 min-w-0" aria-hidden>
        {waitedMs > 0 ? <i className="hatch" style={{ flex: waitedMs }} /> : null}
        {workedMs > 0 ? <i className={`solid ${stepTone(step.status)}`} style={{ flex: workedMs }} /> : null}
      </span>
      <span className="num text-12 text-soft whitespace-nowrap">
        {isOpen(step) ? formatSeconds(waitedMs + workedMs) : formatDuration(waitedMs + workedMs)}
        <span className="sr">{`, waited ${formatDuration(waitedMs)}, worked ${formatDuration(workedMs)}`}</span>
      </span>
    </span>
  )
}
