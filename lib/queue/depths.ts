// How much waits and runs in each queue, over all workspaces.
import { sql } from 'drizzle-orm'
import type { Tx } from '#lib/db/client.ts'

export type QueueDepth = {
  /** Could start now. */
  waiting: number
  active: number
  oldestWaitMs: number | null
}

const NONE: QueueDepth = { waiting: 0, active: 0, oldestWaitMs: null }

export async function queueDepths(tx: Tx): Promise<(queue: string) => QueueDepth> {
  const { rows } = await tx.execute<{ name: string; waiting: string; active: string; oldest_ms: string | null }>(sql`
    select name, count(*) filter (where state < 'active' and start_after <= now()) as waiting,
      count(*) filter (where state = 'active') as active,
      extract(epoch from now() - min(greatest(created_on, start_after)) filter (where state < 'active' and start_after <= now())) * 1000 as oldest_ms
    from pgboss.job where state <= 'active' group by name`)
  const depths = new Map(
    rows.map((row) => [
      row.name,
      {
        waiting: Number(row.waiting),
        active: Number(row.active),
        oldestWaitMs: row.oldest_ms === null ? null : Math.max(0, Math.round(Number(row.oldest_ms))),
      },
    ]),
  )
  return (queue) => depths.get(queue) ?? NONE
}

/** Counting stops here: nobody reads "12,345 tasks before this one" differently from "more than 10,000". */
export const MAX_AHEAD = 10_000

/** Tickets that start before this one; null when it does not wait, or not yet. */
export async function ticketsAhead(tx: Tx, queue: string, id: string): Promise<number | null> {
  const { rows } = await tx.execute<{ ahead: string | null }>(sql`
    select (select count(*) from (select from pgboss.job j
        where j.name = ${queue} and j.state < 'active' and j.start_after <= now()
          and (j.priority > mine.priority or (j.priority = mine.priority and (j.created_on, j.id) < (mine.created_on, mine.id)))
        limit ${MAX_AHEAD}) as before) as ahead
    from pgboss.job mine
    where mine.name = ${queue} and mine.id = ${id} and mine.state < 'active' and mine.start_after <= now()`)
  return rows[0]?.ahead == null ? null : Number(rows[0].ahead)
}
