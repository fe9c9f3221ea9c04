// Joins the text search with the other filters.
import { sql, type SQL } from 'drizzle-orm'
import type { Ctx } from '#lib/context.ts'
import { SEARCH_WINDOW, searchMatches, searchTasks } from '#lib/db/search.ts'
import { type Bounds, matchingIds } from './filters.ts'
import type { TaskFilter } from './requests.ts'

const EVERYTHING = 1_000_000_000
const AT_ONCE = 500

/** At most this many hits are compared with the other filters. */
const MAX_HITS = 10_000

type SearchFilter = TaskFilter & { search: string }

/** Ids of the tasks that match words and filters, ordered as `matchingIds` does. */
export async function searchedIds(ctx: Ctx, filter: SearchFilter, bounds: Bounds, limit: number): Promise<SQL> {
  const found =
    bounds.after === undefined ? await older(ctx, filter, bounds, limit) : await newer(ctx, filter, bounds, limit)
  return sql`select id from unnest(${sql.param(found)}::uuid[]) as id`
}

async function older(ctx: Ctx, filter: SearchFilter, bounds: Bounds, limit: number): Promise<string[]> {
  const { search: query, older: everything, ...others } = filter
  const window = everything ? EVERYTHING : SEARCH_WINDOW
  const unfiltered = Object.values(others).every((value) => value === undefined)
  if (unfiltered) return searchTasks(ctx.tx, { query, before: bounds.before, limit, window })
  const found: string[] = []
  let before = bounds.before
  for (let seen = 0; found.length < limit && seen < MAX_HITS; seen += AT_ONCE) {
    const hits = await searchTasks(ctx.tx, { query, before, limit: AT_ONCE, window })
    found.push(...(await filtered(ctx, others, hits)))
    before = hits.at(-1)
    if (hits.length < AT_ONCE) break
  }
  return found.slice(0, limit)
}

async function filtered(ctx: Ctx, filter: TaskFilter, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const matching = await matchingIds(ctx, filter, {}, AT_ONCE, ids)
  const { rows } = await ctx.tx.execute<{ id: string }>(matching)
  return rows.map((row) => row.id)
}

/** The nearest newer ones: for stepping back through a list, one at a time. */
async function newer(ctx: Ctx, filter: SearchFilter, bounds: Bounds, limit: number): Promise<string[]> {
  const { search, older: _, ...others } = filter
  let after = bounds.after
  for (let seen = 0; seen < MAX_HITS; seen += AT_ONCE) {
    const { rows } = await ctx.tx.execute<{ id: string }>(await matchingIds(ctx, others, { after }, AT_ONCE))
    const ids = rows.map((row) => row.id)
    const matching = await searchMatches(ctx.tx, search, ids)
    const found = ids.filter((id) => matching.has(id))
    if (found.length > 0) return found.slice(0, limit)
    if (ids.length < AT_ONCE) return []
    after = ids.at(-1)
  }
  return []
}
