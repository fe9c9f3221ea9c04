// Changes how many tasks of one type each worker process runs at once. Takes effect within milliseconds.
import { sql } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { workerPools } from '#lib/db/dispatch-schema.ts'
import { InvalidInput } from '#lib/errors.ts'
import { announcePools } from '#lib/tasks/announce.ts'
import { workerNamed } from '#lib/workers/registry.ts'

export const MAX_SLOTS = 256

/** 0 pauses the type; running tasks finish. @throws Forbidden, NotFound, InvalidInput. */
export async function setSlots(ctx: Ctx, worker: string, slots: number): Promise<void> {
  requireAccess(ctx, 'pool.change')
  const { name } = workerNamed(worker)
  if (!Number.isInteger(slots) || slots < 0 || slots > MAX_SLOTS)
    throw new InvalidInput([{ path: 'slots', message: `Use a whole number from 0 to ${MAX_SLOTS}.` }])
  const updatedBy = ctx.actor.kind === 'user' ? ctx.actor.id : null
  await ctx.tx
    .insert(workerPools)
    .values({ worker: name, slots, updatedBy })
    .onConflictDoUpdate({ target: workerPools.worker, set: { slots, updatedBy, updatedAt: sql`now()` } })
  await announcePools(ctx.tx)
}
