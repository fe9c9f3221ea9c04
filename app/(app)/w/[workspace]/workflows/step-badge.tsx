import { CircleDashed, SkipForward } from 'lucide-react'
import { StatusBadge, statusClass, statusWord } from '#app/_ui/status-badge.tsx'
import type { BlockReason } from '#lib/tasks/states.ts'
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

export function stepWord(status: StepStatus, reason: BlockReason | null): string {
  if (status === 'waiting') return 'Not yet'
  return status === 'skipped' ? 'Skipped' : statusWord(status, reason)
}

/** The class that colours a step's mark; none before it starts. */
export function stepTone(status: StepStatus): string {
  return status === 'waiting' || status === 'skipped' ? '' : statusClass(status)
}
