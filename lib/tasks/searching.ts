// Joins the text search with the other filters.
import { sql, type SQL } from 'drizzle-orm'
import type { Ctx } from '#lib/context.ts'
import { SEARCH_WINDOW, searchFloor, searchMatches, searchTasks } from '#lib/db/search.ts'
import { type Bounds, idsAmong, matchingIds } from './filters.ts'
import type { TaskFilter } from './requests.ts'

const EVERYTHING = 1_000_000_000
/** The first step compares this many tasks, each further one twice as many as the one before. */
const FIRST_STEP = 250
const LAST_STEP = 16_000

type SearchFilter = TaskFilter & { search: string }

/** At most `size` candidates beyond `bounds`, in the list's order, and those of them that match. */
type Step = (bounds: Bounds, size: number) => Promise<{ candidates: string[]; matching: string[] }>

type Walk = { step: Step; beyond: Bounds; found: string[]; ended: boolean }

/** Ids of the tasks that match words and filters, ordered as `matchingIds` does. */
export async function searchedIds(ctx: Ctx, filter: SearchFilter, bounds: Bounds, limit: number): Promise<SQL> {
  const { search: query, older, ...others } = filter
  const window = older ? EVERYTHING : SEARCH_WINDOW
  const unfiltered = Object.values(others).every((value) => value === undefined)
  const found = unfiltered
    ? await searchTasks(ctx.tx, { ...bounds, query, limit, window })
    : await soonest(await walks(ctx, { query, window, others }, bounds), limit)
  return sql`select id from unnest(${sql.param(found)}::uuid[]) as id`
}

/** Whether words or filters are rarer, nobody knows before: both are walked, and the one that gets there first counts. */
async function soonest(both: Walk[], limit: number): Promise<string[]> {
  for (let size = FIRST_STEP; size <= LAST_STEP; size *= 2)
    for (const walk of both) {
      await advance(walk, size)
      if (walk.ended || walk.found.length >= limit) return walk.found.slice(0, limit)
    }
  return both.map(({ found }) => found).toSorted((a, b) => b.length - a.length)[0] ?? []
}

type Asked = { query: string; window: number; others: TaskFilter }

async function walks(ctx: Ctx, { query, window, others }: Asked, bounds: Bounds): Promise<Walk[]> {
  const floor = bounds.after === undefined ? await searchFloor(ctx.tx, bounds.before, window) : undefined
  const byFilters: Step = async (beyond, size) => {
    const { rows } = await ctx.tx.execute<{ id: string }>(await matchingIds(ctx, others, { ...beyond, floor }, size))
    const candidates = rows.map((row) => row.id)
    const matching = await searchMatches(ctx.tx, query, candidates)
    return { candidates, matching: candidates.filter((id) => matching.has(id)) }
  }
  const byWords: Step = async (beyond, size) => {
    const hits = await searchTasks(ctx.tx, { ...beyond, query, limit: size, window })
    const candidates = hits.filter((id) => floor === undefined || id >= floor)
    const matching = await idsAmong(ctx, others, candidates)
    return { candidates, matching: candidates.filter((id) => matching.has(id)) }
  }
  return [byFilters, byWords].map((step) => ({ step, beyond: bounds, found: [], ended: false }))
}

async function advance(walk: Walk, size: number): Promise<void> {
  const { candidates, matching } = await walk.step(walk.beyond, size)
  walk.found.push(...matching)
  walk.ended = candidates.length < size
  walk.beyond = { [walk.beyond.after === undefined ? 'before' : 'after']: candidates.at(-1) }
}
