import { Ban, CircleCheck, CircleDashed, CirclePause, CircleX, LoaderCircle } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { BLOCK_REASON_WORDS, type BlockReason, type Status, STATUS_TITLES } from '#lib/tasks/states.ts'

const LOOKS: Record<Status, { icon: LucideIcon; className: string }> = {
  pending: { icon: CircleDashed, className: 's-pending' },
  in_progress: { icon: LoaderCircle, className: 's-progress' },
  blocked: { icon: CirclePause, className: 's-blocked' },
  completed: { icon: CircleCheck, className: 's-completed' },
  failed: { icon: CircleX, className: 's-failed' },
  cancelled: { icon: Ban, className: 's-cancelled' },
}

/** Icon, word and colour, always together. A blocked task says its reason. */
export function StatusBadge({
  status,
  reason,
  look = 'badge',
}: {
  status: Status
  reason?: BlockReason | null
  /** `badge` in headings, `plain` in rows. */
  look?: 'badge' | 'plain'
}) {
  const { icon: Icon, className } = LOOKS[status]
  return (
    <span className={`${look === 'badge' ? 'badge' : 'st'} ${className}`} data-status={status}>
      <Icon className={`i-sm ${status === 'in_progress' ? 'spin' : ''}`} aria-hidden />
      {statusWord(status, reason)}
    </span>
  )
}

export function statusWord(status: Status, reason?: BlockReason | null): string {
  return status === 'blocked' && reason ? BLOCK_REASON_WORDS[reason] : STATUS_TITLES[status]
}

export function StatusIcon({ status, className = '' }: { status: Status; className?: string }) {
  const { icon: Icon, className: tone } = LOOKS[status]
  return <Icon className={`i-sm ${tone} ${status === 'in_progress' ? 'spin' : ''} ${className}`} aria-hidden />
}

export function statusClass(status: Status): string {
  return LOOKS[status].className
}
