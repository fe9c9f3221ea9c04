// What browsers that watch a workspace are told, read by the system on their behalf.
import { sql } from 'drizzle-orm'
import { asWorkspace, type Database } from '#lib/db/client.ts'
import type { Queue } from '#lib/queue.ts'
import { eventsSince } from './events.ts'
import type { LiveEvent } from './shapes.ts'

const MAX_EVENTS = 1_000

export type LiveWindow = {
  /** Oldest first. */
  events: LiveEvent[]
  /** The database's clock when it was read. */
  now: Date
  /** False when there are more events than these. */
  complete: boolean
}

/** The workspace's events at or after `since`, or of the last `recentMs`. */
export function readLiveWindow(
  powers: { db: Database; queue: Queue },
  workspaceId: string,
  since: Date | null,
  recentMs: number,
): Promise<LiveWindow> {
  return asWorkspace(powers.db, workspaceId, async (tx) => {
    const clock = await tx.execute<{ now: string }>(sql`select to_json(now()) as now`)
    const now = new Date(clock.rows[0]?.now ?? Date.now())
    const actor = { kind: 'system', name: 'live' } as const
    const ctx = { tx, queue: powers.queue, workspaceId, actor, access: 'system' as const, requestId: 'live' }
    const events = await eventsSince(ctx, { at: since ?? new Date(now.getTime() - recentMs) })
    return { events, now, complete: events.length < MAX_EVENTS }
  })
}
