// What a list row derives from a task: pure, so that table, cards and peek agree.
import { isTerminal, type Status } from '#lib/tasks/states.ts'
import type { TaskSummary } from '#lib/tasks/shapes.ts'

/** Open tasks can be cancelled. */
export function canCancel(status: Status): boolean {
  return !isTerminal(status)
}

/** Failed, cancelled and blocked tasks can be sent back to the queue. */
export function canRetry(status: Status): boolean {
  return status === 'failed' || status === 'cancelled' || status === 'blocked'
}

export const CANCELLABLE: readonly Status[] = ['pending', 'in_progress', 'blocked']
export const RETRYABLE: readonly Status[] = ['blocked', 'failed', 'cancelled']

/** The scale that a page's duration bars share: nine of ten tasks that ran fit, the longest fill it. */
export function scaleOf(rows: readonly TaskSummary[]): number {
  const ran = rows.filter((row) => row.workedMs > 0)
  const totals = ran.map((row) => row.waitedMs + row.workedMs).toSorted((a, b) => a - b)
  return Math.max(totals[Math.floor((totals.length - 1) * 0.9)] ?? 0, 1_000)
}

/** Waited and worked at `now`, for a row that was read at `readAt`: open tasks go on ageing. */
export function timesAt(task: TaskSummary, readAt: number, now: number): { waitedMs: number; workedMs: number } {
  const passed = Math.max(0, now - readAt)
  if (task.status === 'in_progress') return { waitedMs: task.waitedMs, workedMs: task.workedMs + passed }
  if (task.status === 'pending' || (task.status === 'blocked' && task.startedAt === null))
    return { waitedMs: task.waitedMs + passed, workedMs: task.workedMs }
  return task
}

/** The text cut at the words of the search; odd parts are matches. */
export function splitMatches(text: string, search: string): string[] {
  const words = search
    .split(/[\s"]+/)
    .map((word) => word.replace(/^-.*/, ''))
    .filter((word) => word.length > 1 && word.toLowerCase() !== 'or')
    .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
  if (words.length === 0) return [text]
  return text.split(new RegExp(`(${words.join('|')})`, 'gi'))
}

/** What a row says beside its title: the error of a failed task, else the text where the title does not begin it. */
export function asideOf(task: TaskSummary): { kind: 'error' | 'text'; text: string } | null {
  if (task.status === 'failed' && task.error) return { kind: 'error', text: task.error.message }
  const preview = task.preview.replaceAll(/\s+/g, ' ').trim()
  const start = task.title.replace(/…$/, '').trim()
  return preview === '' || preview.startsWith(start) ? null : { kind: 'text', text: preview }
}
