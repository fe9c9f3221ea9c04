// Cancels a batch: what has ended keeps its result, what runs is stopped, what has not started never will.
import { sql } from 'drizzle-orm'
import type { Ctx } from '#lib/context.ts'
import { Conflict } from '#lib/errors.ts'
import { announce } from '#lib/tasks/announce.ts'
import { cancelOpen } from '#lib/tasks/cancel.ts'
import { cancelRun } from '#lib/workflows/cancel.ts'
import { lockBatch } from './find.ts'

/** @throws Forbidden; NotFound; Conflict when nothing of it is open. */
export async function cancelBatch(ctx: Ctx, id: string): Promise<void> {
  const { tx, workspaceId } = ctx
  const batch = await lockBatch(ctx, id)
  const tasks = await idsOf(ctx, sql`select id from tasks where batch_id = ${id} and finished_at is null order by id`)
  const runs = await idsOf(
    ctx,
    sql`select r.id from runs r where r.batch_id = ${id} and (r.status = 'in_progress'
      or exists (select from tasks t where t.run_id = r.id and t.finished_at is null)) order by r.id`,
  )
  if (batch.state === 'cancelled' || (batch.started_all_at !== null && tasks.length + runs.length === 0))
    throw new Conflict(`“${batch.name}” has ended already, so there is nothing to cancel.`, 'already_ended')
  await tx.execute(sql`update batches set state = 'cancelled' where id = ${id}`)
  if (tasks.length > 0) await cancelOpen(ctx, tasks)
  for (const run of runs) await cancelRun(ctx, run)
  await announce(tx, [workspaceId])
}

async function idsOf({ tx }: Ctx, query: ReturnType<typeof sql>): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(query)
  return rows.map((row) => row.id)
}
