// Puts down what is to be sent, in the transaction that decides so. Worker processes send it.
import { sql } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import type { Tx } from '#lib/db/client.ts'
import { deliveries } from '#lib/db/deliveries-schema.ts'

export const DELIVERY_CHANNEL = 'baton_deliveries'

export type NewDelivery = { workspaceId: string; runId: string; step: string; url: string; body: string }

/** @returns its id, which is the receiver's `webhook-id` */
export async function putDelivery(tx: Tx, delivery: NewDelivery): Promise<string> {
  const id = newId()
  await tx.insert(deliveries).values({ id, ...delivery })
  await tx.execute(sql`select pg_notify(${DELIVERY_CHANNEL}, '')`)
  return id
}
