// What is selected in the list: single rows, or everything that the query matches. Pure.
import { formatCount, formatQuantity } from '#app/_ui/format.ts'
import type { TaskFilter } from '#lib/tasks/requests.ts'
import type { TaskSelection } from '#lib/tasks/requests.ts'
import type { TaskSummary } from '#lib/tasks/shapes.ts'
import type { Status } from '#lib/tasks/states.ts'
import { canCancel, CANCELLABLE, canRetry, RETRYABLE } from './rows.ts'

export type Selection = { kind: 'rows'; ids: ReadonlySet<string> } | { kind: 'all' }

export const NOTHING: Selection = { kind: 'rows', ids: new Set() }

export function isSelected(selection: Selection, id: string): boolean {
  return selection.kind === 'all' || selection.ids.has(id)
}

/** Picking a row out of "all matching" falls back to the rows that are shown, without that one. */
export function toggleRow(selection: Selection, id: string, shown: readonly string[]): Selection {
  const ids = new Set(selection.kind === 'all' ? shown : selection.ids)
  if (!ids.delete(id)) ids.add(id)
  return { kind: 'rows', ids }
}

export function selectShown(selection: Selection, shown: readonly string[], on: boolean): Selection {
  const ids = new Set(selection.kind === 'all' ? [] : selection.ids)
  for (const id of shown) {
    if (on) ids.add(id)
    else ids.delete(id)
  }
  return { kind: 'rows', ids }
}

export type BulkAction = 'cancel' | 'retry'

/** How many of the selected rows an action applies to; null when only the server can count. */
export function applicable(selection: Selection, rows: readonly TaskSummary[], action: BulkAction): number | null {
  if (selection.kind === 'all') return null
  const may = action === 'cancel' ? canCancel : canRetry
  return rows.filter((row) => selection.ids.has(row.id) && may(row.status)).length
}

/** The selected tasks that the action applies to, as the verbs take them; null when there is none by definition. */
export function selectionFor(
  selection: Selection,
  rows: readonly TaskSummary[],
  filter: TaskFilter,
  action: BulkAction,
): TaskSelection | null {
  if (selection.kind === 'rows') {
    const may = action === 'cancel' ? canCancel : canRetry
    const ids = rows.filter((row) => selection.ids.has(row.id) && may(row.status)).map((row) => row.id)
    return ids.length > 0 ? { ids } : null
  }
  const status = applicableStatuses(filter, action)
  return status.length > 0 ? { query: { ...filter, status } } : null
}

const DONE = { cancel: 'cancelled', retry: 'sent back to the queue' }
const NO_LONGER = { cancel: 'open', retry: 'failed, cancelled or blocked' }

/** What has become of a selection, in which tasks may have changed since it was made. */
export function bulkWords(action: BulkAction, changed: number, left: number): string {
  if (changed === 0)
    return left === 1
      ? `Nothing was changed: the task is no longer ${NO_LONGER[action]}`
      : `Nothing was changed: no selected task is ${NO_LONGER[action]} any more`
  const rest = left === 0 ? '' : left === 1 ? ', 1 left as it was' : `, ${formatCount(left)} left as they were`
  return `${formatQuantity(changed, 'task')} ${DONE[action]}${rest}`
}

/** The statuses of the filter that the action applies to. */
export function applicableStatuses(filter: TaskFilter, action: BulkAction): Status[] {
  return (action === 'cancel' ? CANCELLABLE : RETRYABLE).filter(
    (status) => (filter.status?.includes(status) ?? true) && !filter.notStatus?.includes(status),
  )
}
