// Which worker processes have died.
import { sql } from 'drizzle-orm'
import type { Database, Tx } from '#lib/db/client.ts'
import { announcePools } from '#lib/tasks/announce.ts'

/** Every live process holds the session advisory lock (LEASE_CLASS, its number). */
export const LEASE_CLASS = 7800

/** Registered processes, other than `me`, whose lock is gone or that have been silent for too long. */
export async function deadProcesses(db: Database, me: number, silentMs: number): Promise<number[]> {
  const { rows } = await db.execute<{ id: number }>(sql`
    select id from worker_processes w
    where stopped_at is null and lost_at is null and id <> ${me}
      and (heartbeat_at < now() - ${silentMs} * interval '1 ms' or not exists (
        select from pg_locks l where l.locktype = 'advisory' and l.granted and l.classid = ${LEASE_CLASS} and l.objid = w.id
          and l.objsubid = 2 and l.database = (select oid from pg_database where datname = current_database())))`)
  return rows.map((row) => row.id)
}

/** Marks processes as lost and returns those that nobody else has marked: their tasks are the caller's to take over. */
export async function markLost(tx: Tx, ids: number[]): Promise<number[]> {
  const { rows } = await tx.execute<{ id: number }>(sql`
    update worker_processes set lost_at = now()
    where id = any(${sql.param(ids)}::int[]) and lost_at is null and stopped_at is null returning id`)
  if (rows.length > 0) await announcePools(tx)
  return rows.map((row) => row.id)
}

/** Forgets processes that ended more than a week ago. */
export async function forgetOldProcesses(tx: Tx): Promise<void> {
  await tx.execute(sql`delete from worker_processes where coalesce(stopped_at, lost_at) < now() - interval '7 days'`)
}
