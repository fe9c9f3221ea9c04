// What the live worker processes can run.
import { sql } from 'drizzle-orm'
import type { Tx } from '#lib/db/client.ts'
import { ALL_WORKERS } from '#lib/workers/registry.ts'

/** A process that has not been heard of for this long is not counted on. */
export const SILENT_AFTER_MS = 15_000

export type Capacity = {
  /** Live processes that take new work. */
  processes: number
  slotsPerProcess: (worker: string) => number
}

export async function capacity(tx: Tx): Promise<Capacity> {
  const { rows } = await tx.execute<{ worker: string | null; slots: number | null; processes: string }>(sql`
    select p.worker, p.slots, l.processes
    from (select count(*) as processes from worker_processes
      where stopped_at is null and lost_at is null and draining_since is null
        and heartbeat_at > now() - ${SILENT_AFTER_MS} * interval '1 ms') as l
    left join worker_pools p on true`)
  const slots = new Map(rows.map((row) => [row.worker, row.slots]))
  return {
    processes: Number(rows[0]?.processes ?? 0),
    slotsPerProcess: (worker) =>
      slots.get(worker) ?? ALL_WORKERS.find((candidate) => candidate.name === worker)?.slots ?? 0,
  }
}
