// Sign-in tries are counted in the database, so that several web processes and rotating addresses share one limit:
// by account and by client address (IPv6: by /64). A success clears the account's count.
import { createHash } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { rateLimits } from '#lib/db/auth-schema.ts'
import type { Database } from '#lib/db/client.ts'

export type Limit = { max: number; windowMs: number }

export const SIGN_IN_LIMITS = {
  account: { max: 10, windowMs: 5 * 60_000 },
  address: { max: 60, windowMs: 10 * 60_000 },
} as const satisfies Record<string, Limit>

/** Accounts that one address may create in the window. */
export const SIGN_UP_LIMIT: Limit = { max: 20, windowMs: 10 * 60_000 }

export type Tries = { allowed: boolean; left: number; retryAfterMs: number }

/** Counts one try under this key. The window starts with its first try and all tries end with it. */
export async function countTry(db: Database, key: string, limit: Limit, now = Date.now()): Promise<Tries> {
  const started = now - limit.windowMs
  const [row] = await db
    .insert(rateLimits)
    .values({ id: uuidv7(), key, count: 1, lastRequest: now })
    .onConflictDoUpdate({
      target: rateLimits.key,
      set: {
        count: sql`case when ${rateLimits.lastRequest} <= ${started} then 1 else least(${rateLimits.count} + 1, ${limit.max + 1}) end`,
        lastRequest: sql`case when ${rateLimits.lastRequest} <= ${started} then ${now} else ${rateLimits.lastRequest} end`,
      },
    })
    .returning({ count: rateLimits.count, start: rateLimits.lastRequest })
  const { count, start } = row ?? { count: 1, start: now }
  return {
    allowed: count <= limit.max,
    left: Math.max(0, limit.max - count),
    retryAfterMs: Math.max(0, start + limit.windowMs - now),
  }
}

export async function forgetTries(db: Database, key: string): Promise<void> {
  await db.delete(rateLimits).where(eq(rateLimits.key, key))
}

/** A success does not count against the address it came from. */
export async function giveBackTry(db: Database, key: string): Promise<void> {
  await db
    .update(rateLimits)
    .set({ count: sql`greatest(${rateLimits.count} - 1, 0)` })
    .where(eq(rateLimits.key, key))
}

/** How many more tries the account of this address has; the same for an address without one. */
export async function triesLeft(db: Database, email: string, now = Date.now()): Promise<number> {
  const { max, windowMs } = SIGN_IN_LIMITS.account
  const [row] = await db
    .select({ count: rateLimits.count, start: rateLimits.lastRequest })
    .from(rateLimits)
    .where(eq(rateLimits.key, accountKey(email)))
  return row && row.start + windowMs > now ? Math.max(0, max - row.count) : max
}

export function accountKey(email: string): string {
  return `sign-in|account|${createHash('sha256').update(email.trim().toLowerCase()).digest('hex')}`
}

export function addressKey(kind: 'sign-in' | 'sign-up', address: string): string {
  return `${kind}|address|${address}`
}
