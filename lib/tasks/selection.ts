// The tasks that a bulk verb is asked to change.
import { sql } from 'drizzle-orm'
import { may, refusal } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { Forbidden, InvalidInput } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import { chosenIds } from './queries.ts'
import { taskSelection, type TaskSelection } from './requests.ts'
import type { BulkResult } from './shapes.ts'
import type { Status } from './states.ts'

/** One call changes at most this many tasks; a larger selection is finished by calling again. */
export const MAX_BULK = 5_000

const MAX_SKIPPED = 100

/**
 * Ids of the selected tasks of this workspace; `unknown` were asked for by id but are not there. Of a query only those
 * in `changeable` are taken: else ended tasks could fill every call, and older open ones would never be reached.
 */
export async function selectedIds(
  ctx: Ctx,
  selection: TaskSelection,
  changeable: readonly Status[],
): Promise<{ ids: string[]; unknown: string[] }> {
  const parsed = taskSelection.safeParse(selection)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  if ('query' in parsed.data) {
    requireSight(ctx)
    const { query } = parsed.data
    const status = changeable.filter((value) => !query.status?.length || query.status.includes(value))
    if (status.length === 0) return { ids: [], unknown: [] }
    const { rows } = await ctx.tx.execute<{ id: string }>(await chosenIds(ctx, { ...query, status }, {}, MAX_BULK))
    return { ids: rows.map((row) => row.id), unknown: [] }
  }
  const wanted = [...new Set(parsed.data.ids)]
  const { rows } = await ctx.tx.execute<{ id: string }>(
    sql`select id from tasks where workspace_id = ${ctx.workspaceId} and id = any(${sql.param(wanted)}::uuid[])`,
  )
  const known = new Set(rows.map((row) => row.id))
  return { ids: wanted.filter((id) => known.has(id)), unknown: wanted.filter((id) => !known.has(id)) }
}

/** How many tasks match a query tells what stands in them. @throws Forbidden */
function requireSight(ctx: Ctx): void {
  if (may(ctx.access, 'task.read')) return
  throw new Forbidden(`${refusal(ctx.access, 'task.read')} Without it, name the tasks by their ids instead of a query.`)
}

/** What became of the selection: all that were not changed are skipped for the same reason, unknown ids for theirs. */
export function bulkResult(
  selected: { ids: string[]; unknown: string[] },
  changed: Set<string>,
  why: string,
): BulkResult {
  const left = selected.ids.filter((id) => !changed.has(id)).map((id) => ({ id, why }))
  const missing = selected.unknown.map((id) => ({ id, why: 'There is no such task.' }))
  return {
    matched: selected.ids.length,
    changed: changed.size,
    skipped: [...missing, ...left].slice(0, MAX_SKIPPED),
  }
}
