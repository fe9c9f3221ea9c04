// Pauses a batch: what runs finishes, started runs too; no other item starts. The few items that are in the queue are
// taken out of it and wait as blocked tasks, the rest has never been in one.
import { sql } from 'drizzle-orm'
import type { Ctx } from '#lib/context.ts'
import { Conflict } from '#lib/errors.ts'
import { queueOf } from '#lib/queue.ts'
import { announce } from '#lib/tasks/announce.ts'
import { lockBatch } from './find.ts'

/** @throws Forbidden; NotFound; Conflict when it is not running. */
export async function pauseBatch(ctx: Ctx, id: string): Promise<void> {
  const { tx, workspaceId, queue, actor } = ctx
  const batch = await lockBatch(ctx, id)
  if (batch.state !== 'running') throw new Conflict(`“${batch.name}” is ${batch.state} already.`, 'not_running')
  await tx.execute(sql`update batches set state = 'paused' where id = ${id}`)
  const { rows } = await tx.execute<{ id: string; worker: string; suspicion: number }>(sql`
    with d as (select id from tasks where batch_id = ${id} and status = 'pending' order by id for update),
    t as (
      update tasks t set status = 'blocked', reason = 'paused', seq = t.seq + 1 from d
      where t.id = d.id and t.status = 'pending' returning t.id, t.worker, t.suspicion, t.seq),
    e as (insert into events (workspace_id, task_id, seq, type, actor, data, at)
      select ${workspaceId}::uuid, id, seq, 'blocked', ${JSON.stringify(actor)}::jsonb, '{"reason":"paused"}'::jsonb,
        clock_timestamp() from t)
    select id, worker, suspicion from t`)
  for (const [name, tasks] of Map.groupBy(rows, queueOf))
    await queue.cancel(
      tx,
      name,
      tasks.map((task) => task.id),
    )
  await announce(tx, [workspaceId])
}
