// Lets a paused batch go on: its blocked items return to their old places in the queue, and others start after them.
import { sql } from 'drizzle-orm'
import type { Ctx } from '#lib/context.ts'
import { Conflict } from '#lib/errors.ts'
import { announce } from '#lib/tasks/announce.ts'
import { sendAgain, type Waiting } from '#lib/tasks/take-over.ts'
import { feedBatch } from './feed.ts'
import { lockBatch } from './find.ts'

/** @throws Forbidden; NotFound; Conflict when it is not paused. */
export async function resumeBatch(ctx: Ctx, id: string): Promise<void> {
  const { tx, workspaceId, queue, actor } = ctx
  const batch = await lockBatch(ctx, id)
  if (batch.state !== 'paused') throw new Conflict(`“${batch.name}” is not paused.`, 'not_paused')
  await tx.execute(sql`update batches set state = 'running' where id = ${id}`)
  const { rows } = await tx.execute<Waiting>(sql`
    with d as (select id from tasks where batch_id = ${id} and status = 'blocked' and reason = 'paused'
      order by id for update),
    t as (
      update tasks t set status = 'pending', reason = null, seq = t.seq + 1 from d
      where t.id = d.id and t.reason = 'paused'
      returning t.id, t.worker, t.engine, t.suspicion, t.tag, t.not_before, t.seq),
    e as (insert into events (workspace_id, task_id, seq, type, actor, data, at)
      select ${workspaceId}::uuid, id, seq, 'unblocked', ${JSON.stringify(actor)}::jsonb, '{"reason":"paused"}'::jsonb,
        clock_timestamp() from t)
    select id, worker, engine, suspicion, tag, not_before from t`)
  await sendAgain(tx, queue, rows)
  await feedBatch(ctx, id)
  await announce(tx, [workspaceId])
}
