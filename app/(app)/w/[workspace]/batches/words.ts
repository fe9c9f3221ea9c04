// What is said of batches in words. Pure.
import { formatDuration, formatQuantity } from '#app/_ui/format.ts'
import type { BatchDetail, BatchSummary } from '#lib/batches/shapes.ts'
import type { BatchStatus, ItemCounts, ItemState } from '#lib/batches/states.ts'

export const BATCH_WORDS: Record<BatchStatus, string> = {
  in_progress: 'In progress',
  paused: 'Paused',
  budget_reached: 'Budget reached',
  blocked: 'Blocked',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

export const ITEM_WORDS: Record<ItemState, string> = {
  failed: 'Failed',
  blocked: 'Blocked',
  in_progress: 'In progress',
  pending: 'Pending',
  not_yet: 'Not yet',
  completed: 'Completed',
  cancelled: 'Cancelled',
}

export function rowsOf(size: number): string {
  return formatQuantity(size, 'row')
}

/** Items that have ended, well or not. */
export function endedOf({ completed, failed, cancelled }: ItemCounts): number {
  return completed + failed + cancelled
}

/** "3 failed, 2 blocked"; empty when nothing is wrong. */
export function troubles(counts: ItemCounts): string {
  const parts = (['failed', 'blocked', 'cancelled'] as const)
    .filter((state) => counts[state] > 0)
    .map((state) => `${counts[state].toLocaleString('en')} ${ITEM_WORDS[state].toLowerCase()}`)
  return parts.join(', ')
}

/** "84 completed, 3 failed, 22 not yet", for those who cannot see the picture. */
export function spelledCounts(counts: ItemCounts): string {
  return (Object.keys(ITEM_WORDS) as ItemState[])
    .filter((state) => counts[state] > 0)
    .map((state) => `${counts[state].toLocaleString('en')} ${ITEM_WORDS[state].toLowerCase()}`)
    .join(', ')
}

/** What the list of batches says first. */
export function headline(batches: readonly BatchSummary[]): string {
  const going = batches.filter(({ status }) => status === 'in_progress').length
  const paused = batches.filter(({ status }) => status === 'paused').length
  const held = batches.filter(({ status }) => status === 'budget_reached').length
  const failed = batches.reduce((sum, { counts }) => sum + counts.failed, 0)
  if (batches.length === 0) return 'A thousand texts in one go'
  if (going > 0) return `${formatQuantity(going, 'batch', 'batches')} under way`
  if (held > 0)
    return `${formatQuantity(held, 'batch has', 'batches have')} reached ${held === 1 ? 'its' : 'their'} budget`
  if (paused > 0) return `${formatQuantity(paused, 'batch is', 'batches are')} paused`
  if (failed > 0) return `${rowsOf(failed)} of the last batches failed`
  return 'Every batch has ended'
}

/** Rows a minute: over the whole time once it has ended, else over the last minute; null while nothing ended. */
export function paceOf(batch: BatchDetail, now: number): number | null {
  const took = tookMs(batch, now)
  const [ended, windowMs] =
    batch.finishedAt === null ? [batch.endedLastMinute, Math.min(60_000, took)] : [endedOf(batch.counts), took]
  return ended === 0 || windowMs === 0 ? null : (ended / windowMs) * 60_000
}

export function timeLeftMs(batch: BatchDetail, now: number): number | null {
  const { counts, status } = batch
  const open = counts.not_yet + counts.pending + counts.in_progress
  const pace = paceOf(batch, now)
  return status !== 'in_progress' || open === 0 || pace === null ? null : (open / pace) * 60_000
}

export function tookMs({ createdAt, finishedAt }: Pick<BatchSummary, 'createdAt' | 'finishedAt'>, now: number): number {
  return Math.max(0, (finishedAt === null ? now : Date.parse(finishedAt)) - Date.parse(createdAt))
}

export function timeWords(batch: BatchDetail, now: number): { name: string; value: string; note: string } {
  const elapsed = formatDuration(tookMs(batch, now))
  if (batch.finishedAt !== null) return { name: 'Took', value: elapsed, note: 'from its start to the last row' }
  const left = timeLeftMs(batch, now)
  if (left !== null) return { name: 'Time left, about', value: formatDuration(left), note: `${elapsed} so far` }
  return {
    name: 'Elapsed',
    value: elapsed,
    note: batch.status === 'in_progress' ? 'no pace to tell the rest yet' : 'it waits',
  }
}

export function filesOf(count: number): string {
  return formatQuantity(count, 'file')
}

/** "120 files", "1 row". */
export function itemsOf({ of, size }: Pick<BatchSummary, 'of' | 'size'>, count = size): string {
  return formatQuantity(count, of)
}
