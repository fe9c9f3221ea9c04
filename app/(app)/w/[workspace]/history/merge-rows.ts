// The list is a snapshot whose values live: rows keep their place and number until the person asks for the new ones.
import type { InfiniteData } from '@tanstack/react-query'
import type { LiveEvent, TaskPage, TaskSummary } from '#lib/tasks/shapes.ts'

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

function mapRows(rows: Rows, change: (row: Row) => Row): Rows {
  return { ...rows, pages: rows.pages.map((page) => ({ ...page, items: page.items.map(change) })) }
}
