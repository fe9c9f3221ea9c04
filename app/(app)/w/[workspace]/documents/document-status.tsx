import { CircleCheck, CircleDashed, CircleX, LoaderCircle, type LucideIcon } from 'lucide-react'
import type { DocumentStatus } from '#lib/documents/states.ts'
import { STATUS_WORDS } from './words.ts'

const LOOKS: Record<DocumentStatus, { icon: LucideIcon; className: string }> = {
  uploaded: { icon: CircleDashed, className: 's-pending' },
  parsing: { icon: LoaderCircle, className: 's-progress' },
  ready: { icon: CircleCheck, className: 's-completed' },
  rejected: { icon: CircleX, className: 's-failed' },
}

/** Icon, word and colour, always together. */
export function DocumentStatusBadge({ status, look = 'badge' }: { status: DocumentStatus; look?: 'badge' | 'plain' }) {
  const { icon: Icon, className } = LOOKS[status]
  return (
    <span className={`${look === 'badge' ? 'badge' : 'st'} ${className}`} data-status={status}>
      <Icon className={`i-sm ${status === 'parsing' ? 'spin' : ''}`} aria-hidden />
      {STATUS_WORDS[status]}
    </span>
  )
}
