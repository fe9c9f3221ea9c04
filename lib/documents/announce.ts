// Wakes the worker processes when a document waits to be read.
import { sql } from 'drizzle-orm'
import type { Tx } from '#lib/db/client.ts'

export const DOCUMENT_CHANNEL = 'baton_documents'

export async function announceDocument(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_notify(${DOCUMENT_CHANNEL}, '')`)
}
