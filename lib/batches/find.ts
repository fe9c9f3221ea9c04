// The batch that a verb changes, locked so that nobody starts items of it meanwhile.
import { sql } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { NotFound } from '#lib/errors.ts'
import { runTree } from './run-tree.ts'
import { batchId } from './requests.ts'
import type { BatchState } from './states.ts'

export type LockedBatch = { id: string; name: string; state: BatchState; started_all_at: string | null }

/** @throws Forbidden, NotFound */
export async function lockBatch(ctx: Ctx, id: string): Promise<LockedBatch> {
  requireAccess(ctx, 'batch.change')
  if (!batchId.safeParse(id).success) throw new NotFound('The batch')
  const { rows } = await ctx.tx.execute<LockedBatch>(sql`
    select id, name, state, started_all_at from batches
    where workspace_id = ${ctx.workspaceId} and id = ${id} for update`)
  if (!rows[0]) throw new NotFound('The batch')
  return rows[0]
}

/** Ids of its items' tasks, and of the tasks in its runs, that are in one of these statuses. */
export async function tasksOf({ tx }: Ctx, id: string, statuses: readonly string[]): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select id from tasks where batch_id = ${id} and status = any(${sql.param(statuses)}::text[])
    union all
    select t.id from (${runTree(sql`batch_id = ${id}`)}) r join tasks t on t.run_id = r.id
    where t.status = any(${sql.param(statuses)}::text[])
    order by id`)
  return rows.map((row) => row.id)
}
