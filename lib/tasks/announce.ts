// Tells the web processes which workspaces have news, when the transaction commits.
import { type Placeholder, sql, type SQL } from 'drizzle-orm'
import type { Tx } from '#lib/db/client.ts'

export const EVENT_CHANNEL = 'baton_events'
export const CANCEL_CHANNEL = 'baton_cancel'
export const POOL_CHANNEL = 'baton_pools'
export const RUN_CHANNEL = 'baton_runs'

/** Ids in one notification, whose payload may hold 8,000 bytes. */
const MAX_IDS = 150

export async function announce(tx: Tx, workspaceIds: string[]): Promise<void> {
  await notify(tx, EVENT_CHANNEL, [...new Set(workspaceIds)])
}

/** The same as part of a statement, for one workspace. */
export function announcement(workspaceId: string | Placeholder | SQL): SQL {
  return sql`pg_notify(${EVENT_CHANNEL}, ${workspaceId}::text)`
}

export type StoppedAttempt = { id: string; epoch: number }

/** Asks the processes that run these attempts, or older ones of the same tasks, to stop them. */
export async function announceStopped(tx: Tx, attempts: StoppedAttempt[]): Promise<void> {
  await notify(
    tx,
    CANCEL_CHANNEL,
    attempts.map(({ id, epoch }) => `${id}:${epoch}`),
  )
}

export function readStopped(payload: string): StoppedAttempt[] {
  return payload.split(',').flatMap((entry) => {
    const [id, epoch] = entry.split(':')
    return id && epoch ? [{ id, epoch: Number(epoch) }] : []
  })
}

/** Asks a worker process to bring the runs of these tasks up to date. */
export async function announceRuns(tx: Tx, changed: { run_id: string | null }[]): Promise<void> {
  await notify(tx, RUN_CHANNEL, [...new Set(changed.flatMap(({ run_id }) => run_id ?? []))])
}

/** Slots or processes have changed. */
export async function announcePools(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_notify(${POOL_CHANNEL}, '')`)
}

async function notify(tx: Tx, channel: string, ids: string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += MAX_IDS)
    await tx.execute(sql`select pg_notify(${channel}, ${ids.slice(from, from + MAX_IDS).join(',')})`)
}
