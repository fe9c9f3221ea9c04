// One request with a key makes one task, run or batch, however often it is sent within 24 hours.
import { lt, sql } from 'drizzle-orm'
import type { Ctx } from '#lib/context.ts'
import { idempotencyKeys } from '#lib/db/schema.ts'
import { statement } from '#lib/db/statement.ts'
import { InvalidInput } from '#lib/errors.ts'
import type { Tx } from '#lib/db/client.ts'

export type Idempotency = { key: string; route: string; bodyHash: Buffer }

const LIFETIME = sql`interval '24 hours'`

/**
 * The id of what this key has already made, else null, and then the key is ours until the transaction ends.
 * @throws InvalidInput 400 for a malformed key, 422 for a key that came with another body.
 */
export async function replayed(ctx: Ctx, { key, route, bodyHash }: Idempotency): Promise<string | null> {
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw new InvalidInput(
      [{ path: 'Idempotency-Key', message: 'Use 1 to 255 visible ASCII characters without spaces.' }],
      400,
    )
  const { tx, workspaceId } = ctx
  const values = { workspaceId, route, key, lock: JSON.stringify([workspaceId, route, key]) }
  // Sent together and carried out one after the other: each sees what had been done when the lock was got.
  const [, , [known]] = await Promise.all([lockKey(tx, values), forgetOldKey(tx, values), findKey(tx, values)])
  if (!known) return null
  if (!known.body_hash.equals(bodyHash))
    throw new InvalidInput([
      { path: 'Idempotency-Key', message: 'This key was used with another body. Use a new key for a new request.' },
    ])
  return known.made
}

type Values = { workspaceId: string; route: string; key: string; lock: string }

const lockKey = statement<Values, Record<string, never>>(
  (value) => sql`select pg_advisory_xact_lock(hashtextextended(${value('lock')}, 7801))`,
)

const forgetOldKey = statement<Values, Record<string, never>>(
  (value) => sql`
    delete from idempotency_keys where workspace_id = ${value('workspaceId')} and route = ${value('route')}
      and key = ${value('key')} and created_at < now() - ${LIFETIME}`,
)

const findKey = statement<Values, { made: string; body_hash: Buffer }>(
  (value) => sql`
    select coalesce(task_id, run_id, batch_id) as made, body_hash from idempotency_keys where workspace_id = ${value('workspaceId')}
      and route = ${value('route')} and key = ${value('key')}`,
)

/** From now on this key stands for this run. Tasks keep theirs in the statement that accepts them. */
export async function keepKeyOfRun(ctx: Ctx, { key, route, bodyHash }: Idempotency, runId: string): Promise<void> {
  await ctx.tx.execute(sql`insert into idempotency_keys (workspace_id, route, key, body_hash, run_id)
    values (${ctx.workspaceId}, ${route}, ${key}, ${bodyHash}, ${runId})`)
}

/** From now on this key stands for this batch. */
export async function keepKeyOfBatch(ctx: Ctx, { key, route, bodyHash }: Idempotency, batchId: string): Promise<void> {
  await ctx.tx.execute(sql`insert into idempotency_keys (workspace_id, route, key, body_hash, batch_id)
    values (${ctx.workspaceId}, ${route}, ${key}, ${bodyHash}, ${batchId})`)
}

/** Forgets keys older than 24 hours; returns how many. */
export async function forgetOldKeys(tx: Tx): Promise<number> {
  const forgotten = await tx.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, sql`now() - ${LIFETIME}`))
  return forgotten.rowCount ?? 0
}
