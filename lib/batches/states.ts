// The states of a batch and of its items: one list for tables, verbs, pages and tests. Pure.

/** What people have asked of it; whether it has ended, its items tell. */
export const BATCH_STATES = ['running', 'paused', 'cancelled'] as const
export type BatchState = (typeof BATCH_STATES)[number]

/** As a task's, and `not_yet`: nothing of it is in a queue. */
export const ITEM_STATES = ['failed', 'blocked', 'in_progress', 'pending', 'not_yet', 'completed', 'cancelled'] as const
export type ItemState = (typeof ITEM_STATES)[number]

/** One letter for each: ten thousand items are ten thousand letters. */
export const CELLS: Record<ItemState, string> = {
  failed: 'f',
  blocked: 'b',
  in_progress: 'i',
  pending: 'p',
  not_yet: 'n',
  completed: 'c',
  cancelled: 'x',
}

/** Shown of a whole batch. */
export const BATCH_STATUSES = [
  'in_progress',
  'paused',
  'budget_reached',
  'blocked',
  'completed',
  'failed',
  'cancelled',
] as const
export type BatchStatus = (typeof BATCH_STATUSES)[number]

export type ItemCounts = Record<ItemState, number>

export const MAX_ROWS = 10_000
export const MAX_COLUMNS = 200
/** Bytes of a table. */
export const MAX_TABLE_BYTES = 32_000_000

/** Where the batch as a whole stands. `held`: its tasks wait for room in the budget, and none works. */
export function statusOfBatch(state: BatchState, counts: ItemCounts, held: boolean): BatchStatus {
  const open = counts.not_yet + counts.pending + counts.in_progress
  if (state === 'cancelled') return counts.in_progress + counts.pending > 0 ? 'in_progress' : 'cancelled'
  if (state === 'paused' && open + counts.blocked > 0) return 'paused'
  if (held) return 'budget_reached'
  if (open > 0) return 'in_progress'
  if (counts.blocked > 0) return 'blocked'
  if (counts.completed > 0) return 'completed'
  return counts.failed > 0 ? 'failed' : 'cancelled'
}

export function noItems(): ItemCounts {
  return { failed: 0, blocked: 0, in_progress: 0, pending: 0, not_yet: 0, completed: 0, cancelled: 0 }
}
