// One request with a key makes one task, however often it is sent within 24 hours.
import { and, eq, lt, sql } from 'drizzle-orm'
import type { Ctx } from '#lib/context.ts'
import { idempotencyKeys } from '#lib/db/schema.ts'
import { InvalidInput } from '#lib/errors.ts'
import type { Tx } from '#lib/db/client.ts'

export type Idempotency = { key: string; route: string; bodyHash: Buffer }

const LIFETIME = sql`interval '24 hours'`

/**
 * The task that this key has already made, else null, and then the key is ours until the transaction ends.
 * @throws InvalidInput 400 for a malformed key, 422 for a key that came with another body.
 */
export async function replayedTask(ctx: Ctx, { key, route, bodyHash }: Idempotency): Promise<string | null> {
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw new InvalidInput(
      [{ path: 'Idempotency-Key', message: 'Use 1 to 255 visible ASCII characters without spaces.' }],
      400,
    )
  const lock = JSON.stringify([ctx.workspaceId, route, key])
  await ctx.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 7801))`)
  const mine = and(
    eq(idempotencyKeys.workspaceId, ctx.workspaceId),
    eq(idempotencyKeys.route, route),
    eq(idempotencyKeys.key, key),
  )
  await ctx.tx.delete(idempotencyKeys).where(and(mine, lt(idempotencyKeys.createdAt, sql`now() - ${LIFETIME}`)))
  const [known] = await ctx.tx.select().from(idempotencyKeys).where(mine)
  if (!known) return null
  if (!known.bodyHash.equals(bodyHash))
    throw new InvalidInput([
      { path: 'Idempotency-Key', message: 'This key was used with another body. Use a new key for a new request.' },
    ])
  return known.taskId
}

/** Forgets keys older than 24 hours; returns how many. */
export async function forgetOldKeys(tx: Tx): Promise<number> {
  const forgotten = await tx.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, sql`now() - ${LIFETIME}`))
  return forgotten.rowCount ?? 0
}
