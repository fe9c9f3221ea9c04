// How long it takes now to send, claim and settle a ticket. All of it is undone, so nobody ever sees the ticket.
import { sql } from 'drizzle-orm'
import { fromDrizzle, type PgBoss } from 'pg-boss'
import { v7 as uuidv7 } from 'uuid'
import type { Tx } from '#lib/db/client.ts'

export async function roundTripMs(boss: PgBoss, tx: Tx, queue: string): Promise<number> {
  const started = performance.now()
  let tookMs = 0
  const undo = new Error('undone on purpose')
  const undone = tx.transaction(async (inner) => {
    const db = fromDrizzle(inner, sql)
    const id = uuidv7()
    await boss.insert(queue, [{ id, data: { taskId: id } }], { db })
    await boss.fetch(queue, { batchSize: 1, db })
    await boss.complete(queue, id, null, { db })
    tookMs = performance.now() - started
    // Not drizzle's own rollback: a build may hold its error class twice, and then it is not recognised.
    throw undo
  })
  await undone.catch((error: unknown) => {
    if (error !== undo) throw error
  })
  return tookMs
}
