// Finds open tasks that nothing would ever start: without a live ticket, or held by a process that is gone.
import { sql } from 'drizzle-orm'
import type { Database, Tx } from '#lib/db/client.ts'
import type { Queue } from '#lib/queue.ts'
import { announce, type StoppedAttempt } from './announce.ts'
import { returnTasks, sendAgain, type Waiting } from './take-over.ts'

const AT_ONCE = 500

/** Any number of processes may call it at once: one works. @returns ids of the tasks that were put right. */
export async function reconcile(db: Database, queue: Queue): Promise<string[]> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ mine: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtextextended('baton.reconcile', 0)) as mine`,
    )
    if (!rows[0]?.mine) return []
    return [...(await resendWaiting(tx, queue)), ...(await returnOrphans(tx, queue))]
  })
}

// In whatever queue: two sets are compared, which no index lookup per task could do as fast.
const LIVE_TICKET = sql`exists (select from pgboss.job j where j.id = t.id and j.state <= 'active')`

type WaitingRow = Waiting & { workspace_id: string }

async function resendWaiting(tx: Tx, queue: Queue): Promise<string[]> {
  const { rows } = await tx.execute<WaitingRow>(sql`
    with d as (select t.id from tasks t
      where t.finished_at is null and t.status <> 'blocked' and t.status = 'pending' and not ${LIVE_TICKET}
      limit ${AT_ONCE} for update of t skip locked),
    u as (update tasks t set seq = t.seq + 1 from d where t.id = d.id and t.status = 'pending'
      returning t.id, t.workspace_id, t.worker, t.engine, t.suspicion, t.tag, t.not_before, t.seq),
    e as (insert into events (workspace_id, task_id, seq, type, data, at)
      select workspace_id, id, seq, 'requeued', '{"why":"no_ticket"}'::jsonb, clock_timestamp() from u)
    select id, workspace_id, worker, engine, suspicion, tag, not_before from u`)
  await sendAgain(tx, queue, rows)
  if (rows.length > 0)
    await announce(
      tx,
      rows.map((row) => row.workspace_id),
    )
  return rows.map((row) => row.id)
}

async function returnOrphans(tx: Tx, queue: Queue): Promise<string[]> {
  const orphan = sql`id in (select t.id from tasks t
    left join worker_processes p on p.id = t.process_id
    where t.finished_at is null and t.status <> 'blocked' and t.process_id is not null
      and (p.id is null or p.lost_at is not null or p.stopped_at is not null or not ${LIVE_TICKET})
    limit ${AT_ONCE})`
  const returned = await returnTasks(tx, queue, orphan, { why: 'no_ticket', suspected: false, backoffMs: 0 })
  return returned.map((task) => task.id)
}

/** Attempts that this process claimed without getting to know of it. */
export async function returnLostClaims(
  db: Database,
  queue: Queue,
  processId: number,
  attempts: StoppedAttempt[],
): Promise<string[]> {
  const [ids, epochs] = [attempts.map(({ id }) => id), attempts.map(({ epoch }) => epoch)]
  const lost = sql`process_id = ${processId} and (id, epoch) in (
    select * from unnest(${sql.param(ids)}::uuid[], ${sql.param(epochs)}::int[]))`
  const returned = await db.transaction((tx) =>
    returnTasks(tx, queue, lost, { why: 'claim_lost', suspected: false, backoffMs: 0 }),
  )
  return returned.map((task) => task.id)
}
