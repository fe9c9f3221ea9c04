// The list is a snapshot whose values live: rows keep their place and number until the person asks for the new ones.
import type { InfiniteData } from '@tanstack/react-query'
import type { LiveEvent, TaskCount, TaskPage, TaskSummary } from '#lib/tasks/shapes.ts'

/** A row and when it was read, so that an open task's times go on from there. */
export type Row = TaskSummary & { readAt: number }
export type RowPage = { items: Row[]; nextCursor: string | null }
export type Rows = InfiniteData<RowPage, string | undefined>

export function toRowPage(page: TaskPage, readAt: number): RowPage {
  return { nextCursor: page.nextCursor, items: page.items.map((item) => ({ ...item, readAt })) }
}

/** Takes over fresh values of rows that are shown; others are left for "n new". */
export function withFreshRows(rows: Rows | undefined, items: readonly TaskSummary[], readAt: number): Rows | undefined {
  if (!rows) return rows
  const fresh = new Map(items.map((item) => [item.id, item]))
  return mapRows(rows, (row) => {
    const found = fresh.get(row.id)
    return found ? { ...found, readAt } : row
  })
}

/** Shows a status at once; the other values follow with the next reading. */
export function withEvent(rows: Rows | undefined, { taskId, status }: LiveEvent): Rows | undefined {
  if (!rows) return rows
  return mapRows(rows, (row) =>
    row.id === taskId && row.status !== status
      ? {
          ...row,
          status,
          reason: status === 'blocked' ? row.reason : null,
          error: status === 'failed' ? row.error : null,
        }
      : row,
  )
}

/**
 * How many of the newest tasks have a place in the list and are not shown; what follows the last row waits for its own
 * page, unless the list is `complete`. "More than" that many when none is shown and there are others.
 */
export function countMissing(newest: TaskPage, shown: readonly Row[], complete: boolean): TaskCount {
  const ids = new Set(shown.map((row) => row.id))
  const end = complete ? '' : (shown.at(-1)?.createdAt ?? '')
  const count = newest.items.filter((task) => !ids.has(task.id) && task.createdAt >= end).length
  return { count, exact: count < newest.items.length || newest.nextCursor === null }
}

function mapRows(rows: Rows, change: (row: Row) => Row): Rows {
  return { ...rows, pages: rows.pages.map((page) => ({ ...page, items: page.items.map(change) })) }
}
