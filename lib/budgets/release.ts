// Lets tasks go on that waited for room in their budget: as many as fit together, the cheapest next call first.
import { sql } from 'drizzle-orm'
import type { Database, Tx } from '#lib/db/client.ts'
import { priceInForce } from '#lib/prices/in-force.ts'
import type { Queue } from '#lib/queue.ts'
import { unblock } from '#lib/tasks/unblock.ts'
import { waitingIn } from './waiting.ts'

const AT_ONCE = 500

/** Any number of processes may call it at once. @returns how many tasks wait in the queue again */
export async function releaseBudgets(db: Database, queue: Queue): Promise<number> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select id from budgets b where exists (select from tasks t where t.budget_id = b.id and t.reason = 'budget')
    order by id`)
  let released = 0
  for (const { id } of rows) released += await db.transaction((tx) => releaseBudget(tx, queue, id))
  return released
}

/** Those of a paused batch wait on, and what waits in the queue already is reckoned with. */
async function releaseBudget(tx: Tx, queue: Queue, id: string): Promise<number> {
  const price = priceInForce(sql`w.model`, sql`w.host`, sql`clock_timestamp()`)
  const queued = sql`(select count(*) from tasks where budget_id = ${id} and status = 'pending')`
  return unblock(
    tx,
    queue,
    'budget',
    sql`id in (
      select f.id from (
        select w.id, b.cap_micros is null or case when w.needed is null then b.unpriced or exists (${price})
          else b.used_micros + sum(w.needed) over (order by w.needed, w.id)
            + ${queued} * min(w.needed) over () <= b.cap_micros end as fits
        from budgets b, (${waitingIn(sql`${id}`)}) w left join batches o on o.id = w.batch_id
        where b.id = ${id} and coalesce(o.state, 'running') <> 'paused') f
      where f.fits limit ${AT_ONCE})`,
  )
}
