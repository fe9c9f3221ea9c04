// Lets tasks go on that waited for something which has arrived.
import { type SQL, sql } from 'drizzle-orm'
import type { Database, Tx } from '#lib/db/client.ts'
import type { Queue } from '#lib/queue.ts'
import { announce } from './announce.ts'
import type { BlockReason } from './states.ts'
import { sendAgain, type Waiting } from './take-over.ts'

const AT_ONCE = 500

type UnblockedRow = Waiting & { workspace_id: string }

/** Blocked for `reason` → pending, in all workspaces, at their old places. @returns how many */
export async function unblockTasks(db: Database, queue: Queue, reason: BlockReason): Promise<number> {
  for (let total = 0; ;) {
    const count = await db.transaction((tx) => unblock(tx, queue, reason))
    total += count
    if (count < AT_ONCE) return total
  }
}

/** The same for the first of those that `where` selects from `tasks`, in the caller's transaction. */
export async function unblock(tx: Tx, queue: Queue, reason: BlockReason, where: SQL = sql`true`): Promise<number> {
  const { rows } = await tx.execute<UnblockedRow>(sql`
    with d as (select id from tasks where status = 'blocked' and reason = ${reason} and finished_at is null and ${where}
      order by id limit ${AT_ONCE} for update skip locked),
    t as (update tasks t set status = 'pending', reason = null, seq = t.seq + 1, error = null from d where t.id = d.id
      returning t.id, t.workspace_id, t.worker, t.engine, t.suspicion, t.tag, t.not_before, t.seq),
    e as (insert into events (workspace_id, task_id, seq, type, data, at)
      select workspace_id, id, seq, 'unblocked', jsonb_build_object('reason', ${reason}::text), clock_timestamp() from t)
    select id, workspace_id, worker, engine, suspicion, tag, not_before from t`)
  await sendAgain(tx, queue, rows)
  if (rows.length > 0)
    await announce(
      tx,
      rows.map((row) => row.workspace_id),
    )
  return rows.length
}
