// Where a task stands in a list, counted from its newest.
import { sql } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { chosenIds } from './queries.ts'
import type { TaskFilter } from './requests.ts'

/** `exact` is false when the list is longer than was counted. */
export type PlaceInList = { position: number; total: number; exact: boolean }

/** Counting stops here. */
const MOST_COUNTED = 10_000

/** Null for a task that the list does not have, or has so far down that nobody counts. @throws Forbidden */
export async function placeInList(
  ctx: Ctx,
  id: string,
  filter: TaskFilter,
  mostCounted = MOST_COUNTED,
): Promise<PlaceInList | null> {
  requireAccess(ctx, 'task.read')
  const ids = await chosenIds(ctx, filter, {}, mostCounted + 1)
  const { rows } = await ctx.tx.execute<{ total: number; position: number; there: boolean | null }>(
    sql`select count(*)::int as total, (count(*) filter (where id >= ${id}::uuid))::int as position,
      bool_or(id = ${id}::uuid) as there from (${ids}) as listed`,
  )
  const { total = 0, position = 0, there = false } = rows[0] ?? {}
  if (!there || position > mostCounted) return null
  return { position, total: Math.min(total, mostCounted), exact: total <= mostCounted }
}
