// Sessions end 30 days after signing in, 7 days after their last use, or at once when revoked: every request reads
// the row, nothing about a session is cached.
import { and, desc, eq, gt, lt, ne, sql } from 'drizzle-orm'
import { sessions } from '#lib/db/auth-schema.ts'
import type { Database } from '#lib/db/client.ts'

export const SESSION_MS = 30 * 24 * 3_600_000
export const IDLE_MS = 7 * 24 * 3_600_000
const TOUCH_MS = 5 * 60_000

export type SessionSummary = {
  id: string
  /** The browser and system as the session's user agent names them. */
  device: string
  ipAddress: string | null
  createdAt: string
  lastUsedAt: string
  current: boolean
}

export async function listSessions(db: Database, userId: string, currentId: string): Promise<SessionSummary[]> {
  const rows = await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, sql`now()`)))
    .orderBy(desc(sessions.updatedAt))
    .limit(100)
  return rows
    .map((row) => ({
      id: row.id,
      device: describeDevice(row.userAgent),
      ipAddress: row.ipAddress || null,
      createdAt: row.createdAt.toISOString(),
      lastUsedAt: row.updatedAt.toISOString(),
      current: row.id === currentId,
    }))
    .toSorted((a, b) => Number(b.current) - Number(a.current))
}

/** Ends one of the person's own sessions; false when there is none of that id. */
export async function revokeSession(db: Database, userId: string, sessionId: string): Promise<boolean> {
  const gone = await db
    .delete(sessions)
    .where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId)))
    .returning({ id: sessions.id })
  return gone.length > 0
}

export async function revokeOtherSessions(db: Database, userId: string, keepId: string): Promise<number> {
  const gone = await db
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), ne(sessions.id, keepId)))
    .returning({ id: sessions.id })
  return gone.length
}

/** Notes that the session is in use, at most every five minutes, and moves its idle limit on. */
export async function touchSession(db: Database, session: { id: string; updatedAt: Date }): Promise<void> {
  if (Date.now() - session.updatedAt.getTime() < TOUCH_MS) return
  await db
    .update(sessions)
    .set({
      updatedAt: sql`now()`,
      // A session that was not to be remembered keeps its one day.
      expiresAt: sql`case when ${sessions.expiresAt} - ${sessions.createdAt} <= interval '25 hours' then ${sessions.expiresAt}
        else least(now() + ${IDLE_MS} * interval '1 millisecond', ${sessions.createdAt} + ${SESSION_MS} * interval '1 millisecond') end`,
    })
    .where(and(eq(sessions.id, session.id), lt(sessions.updatedAt, sql`now() - interval '4 minutes'`)))
}

const BROWSERS: [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
  [/curl\//, 'curl'],
]
const SYSTEMS: [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

export function describeDevice(userAgent: string | null): string {
  if (!userAgent) return 'Unknown device'
  const named = (list: [RegExp, string][]) => list.find(([pattern]) => pattern.test(userAgent))?.[1]
  const browser = named(BROWSERS)
  const system = named(SYSTEMS)
  return browser && system ? `${browser} on ${system}` : (browser ?? system ?? userAgent.slice(0, 60))
}
