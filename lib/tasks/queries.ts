// Lists, counts and neighbours of tasks, all over the same query.
import { sql, type SQL } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { InvalidInput } from '#lib/errors.ts'
import { taskDetail } from './detail.ts'
import { type Bounds, cursorOf, idOfCursor, matchingIds } from './filters.ts'
import { fieldIssues } from '#lib/issues.ts'
import { taskFilter, type TaskFilter, taskQuery, type TaskQuery } from './requests.ts'
import { searchedIds } from './searching.ts'
import type { TaskCount, TaskDetail, TaskNeighbours, TaskPage } from './shapes.ts'
import { selectSummaries, type SummaryRow, summaryOf } from './summary.ts'

/** @throws Forbidden; NotFound, also for another workspace's task. */
export async function getTask(ctx: Ctx, id: string): Promise<TaskDetail> {
  requireAccess(ctx, 'task.read')
  return taskDetail(ctx, id)
}

/** Newest first. @throws Forbidden; InvalidInput for a filter or cursor that is not one. */
export async function listTasks(ctx: Ctx, query: TaskQuery): Promise<TaskPage> {
  requireAccess(ctx, 'task.read')
  const parsed = taskQuery.safeParse(query)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const { cursor, limit, ...filter } = parsed.data
  const bounds = cursor === undefined ? {} : { before: idOfCursor(cursor) }
  const ids = await chosenIds(ctx, filter, bounds, limit + 1)
  const { rows } = await ctx.tx.execute<SummaryRow>(selectSummaries(ids))
  const items = rows.slice(0, limit).map(summaryOf)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? cursorOf(last.id) : null }
}

/** Counting stops here and says so. */
const MAX_COUNT = 10_000

export async function countTasks(ctx: Ctx, query: TaskFilter): Promise<TaskCount> {
  requireAccess(ctx, 'task.read')
  const ids = await chosenIds(ctx, checkedFilter(query), {}, MAX_COUNT + 1)
  const { rows } = await ctx.tx.execute<{ count: string }>(sql`select count(*) from (${ids}) as matching`)
  const count = Number(rows[0]?.count ?? 0)
  return { count: Math.min(count, MAX_COUNT), exact: count <= MAX_COUNT }
}

/** The tasks before and after this one in the list that the query gives. */
export async function taskNeighbours(ctx: Ctx, id: string, query: TaskFilter): Promise<TaskNeighbours> {
  requireAccess(ctx, 'task.read')
  const filter = checkedFilter(query)
  const [previous, next] = [await nearest(ctx, filter, { after: id }), await nearest(ctx, filter, { before: id })]
  return { previous, next }
}

async function nearest(ctx: Ctx, filter: TaskFilter, bounds: Bounds): Promise<string | null> {
  const { rows } = await ctx.tx.execute<{ id: string }>(await chosenIds(ctx, filter, bounds, 1))
  return rows[0]?.id ?? null
}

export async function chosenIds(ctx: Ctx, filter: TaskFilter, bounds: Bounds, limit: number): Promise<SQL> {
  return filter.search === undefined
    ? matchingIds(ctx, filter, bounds, limit)
    : searchedIds(ctx, { ...filter, search: filter.search }, bounds, limit)
}

/** The query without its page. @throws InvalidInput */
export function checkedFilter(query: TaskFilter): TaskFilter {
  const parsed = taskFilter.safeParse(query)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  return parsed.data
}
