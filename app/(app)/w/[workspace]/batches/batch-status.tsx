import { CircleDashed, CircleDollarSign, CirclePause, UserRound } from 'lucide-react'
import { StatusBadge, statusClass, StatusIcon } from '#app/_ui/status-badge.tsx'
import type { BatchStatus, ItemState } from '#lib/batches/states.ts'
import type { BatchItem } from '#lib/batches/shapes.ts'
import { BATCH_WORDS, ITEM_WORDS } from './words.ts'

/** Icon, word and colour, always together. */
export function BatchStatusBadge({ status, look }: { status: BatchStatus; look?: 'badge' | 'plain' }) {
  if (status !== 'paused' && status !== 'budget_reached') return <StatusBadge status={status} look={look} />
  const Icon = status === 'paused' ? CirclePause : CircleDollarSign
  return (
    <span className={`${look === 'plain' ? 'st' : 'badge'} s-blocked`} data-status={status}>
      <Icon className="i-sm" aria-hidden />
      {BATCH_WORDS[status]}
    </span>
  )
}

type ItemBadgeProps = Pick<BatchItem, 'state' | 'reason' | 'needsPerson'>

export function ItemBadge({ state, reason, needsPerson }: ItemBadgeProps) {
  if (needsPerson && state === 'in_progress')
    return (
      <span className="st s-blocked" data-status={state}>
        <UserRound className="i-sm" aria-hidden />
        Needs a person
      </span>
    )
  if (state !== 'not_yet') return <StatusBadge status={state} reason={reason} look="plain" />
  return (
    <span className="st text-soft!" data-status={state}>
      <CircleDashed className="i-sm" aria-hidden />
      {ITEM_WORDS[state]}
    </span>
  )
}

export function ItemIcon({ state }: { state: ItemState }) {
  if (state === 'not_yet') return <CircleDashed className="i-sm text-faint" aria-hidden />
  return <StatusIcon status={state} />
}

/** Hatched = waiting, solid = working or worked, outline = not yet. */
export function itemMark(state: ItemState): string {
  if (state === 'not_yet') return 'outline-bar'
  return state === 'pending' ? 'hatch' : `solid ${statusClass(state)}`
}
