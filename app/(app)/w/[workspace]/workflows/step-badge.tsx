import { CircleDashed, SkipForward } from 'lucide-react'
import { StatusBadge, statusClass } from '#app/_ui/status-badge.tsx'
import type { BlockReason } from '#lib/tasks/states.ts'
import { stepWord } from '#lib/workflows/report/words.ts'
import type { StepStatus } from '#lib/workflows/states.ts'

/** As a task's, and two states that only steps have. */
export function StepBadge({ status, reason }: { status: StepStatus; reason: BlockReason | null }) {
  if (status !== 'waiting' && status !== 'skipped') return <StatusBadge status={status} reason={reason} look="plain" />
  const Icon = status === 'waiting' ? CircleDashed : SkipForward
  return (
    <span className="st text-soft!" data-status={status}>
      <Icon className="i-sm" aria-hidden />
      {stepWord(status, reason)}
    </span>
  )
}

/** The class that colours a step's mark; none before it starts. */
export function stepTone(status: StepStatus): string {
  return status === 'waiting' ? '' : statusClass(status === 'skipped' ? 'cancelled' : status)
}

/** Solid = ended or working, hatched = waiting, outline = not yet. */
export function markLook(status: StepStatus): string {
  if (status === 'waiting' || status === 'skipped') return 'outline-bar'
  return status === 'pending' || status === 'blocked' ? 'hatch' : `solid ${stepTone(status)}`
}
