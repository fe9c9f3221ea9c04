// How long it takes now to send, claim and settle a ticket. All of it is undone, so nobody ever sees the ticket.
import { sql, TransactionRollbackError } from 'drizzle-orm'
import { fromDrizzle, type PgBoss } from 'pg-boss'
import { v7 as uuidv7 } from 'uuid'
import type { Tx } from '#lib/db/client.ts'

export async function roundTripMs(boss: PgBoss, tx: Tx, queue: string): Promise<number> {
  const started = performance.now()
  let tookMs = 0
  const undone = tx.transaction(async (inner) => {
    const db = fromDrizzle(inner, sql)
    const id = uuidv7()
    await boss.insert(queue, [{ id, data: { taskId: id } }], { db })
    await boss.fetch(queue, { batchSize: 1, db })
    await boss.complete(queue, id, null, { db })
    tookMs = performance.now() - started
    inner.rollback()
  })
  await undone.catch((error: unknown) => {
    if (!(error instanceof TransactionRollbackError)) throw error
  })
  return tookMs
}
