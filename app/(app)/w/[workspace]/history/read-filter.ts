import { readTaskQuery, type TaskFilter } from '#lib/tasks/requests.ts'
import type { ReadQuery } from '#app/_server/contract.ts'

/** The query string of a list, without its page. */
export function readFilter(search: URLSearchParams): ReadQuery<TaskFilter> {
  const read = readTaskQuery(search, { strict: true })
  if (!read.success) return read
  const { cursor: _cursor, limit: _limit, ...filter } = read.data
  return { success: true, data: filter }
}
