import { sql } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import type { TaskSummary } from './shapes.ts'
import { selectSummaries, type SummaryRow, summaryOf } from './summary.ts'

/** The tasks of these ids as they are now, newest first; ids of no task of this workspace are left out. */
export async function taskSummaries(ctx: Ctx, ids: readonly string[]): Promise<TaskSummary[]> {
  requireAccess(ctx, 'task.read')
  const chosen = sql`select i.id from unnest(${sql.param([...ids])}::uuid[]) as i(id)
    join tasks o on o.workspace_id = ${ctx.workspaceId} and o.id = i.id`
  const { rows } = await ctx.tx.execute<SummaryRow>(selectSummaries(chosen))
  return rows.map(summaryOf)
}
