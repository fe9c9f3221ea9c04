// When work may begin and when it is due.
import { sql } from 'drizzle-orm'
import type { Ctx } from '#lib/context.ts'
import { InvalidInput } from '#lib/errors.ts'

/** By the database's clock, which is everyone's. @throws InvalidInput */
export async function checkTimes(ctx: Ctx, dueAt?: string, notBefore?: string): Promise<void> {
  if (!dueAt) return
  const { rows } = await ctx.tx.execute<{ past: boolean }>(sql`select ${dueAt}::timestamptz <= now() as past`)
  if (rows[0]?.past)
    throw new InvalidInput([{ path: 'dueAt', message: 'This time has passed. Choose one in the future.' }])
  if (notBefore && new Date(notBefore) >= new Date(dueAt))
    throw new InvalidInput([{ path: 'notBefore', message: 'It would start when it is already due.' }])
}
