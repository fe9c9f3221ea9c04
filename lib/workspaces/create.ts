import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { members, workspaces } from '#lib/db/auth-schema.ts'
import type { Database, Tx } from '#lib/db/client.ts'
import type { WorkspaceSummary } from './queries.ts'
import { freeSlug, slugFrom } from './slugs.ts'

/** A workspace and its first owner, in one transaction; the slug follows from the name. */
export function createWorkspace(
  db: Database | Tx,
  { name, ownerId, timeZone }: { name: string; ownerId: string; timeZone?: string },
): Promise<WorkspaceSummary> {
  return db.transaction(async (tx) => {
    const workspace = { id: uuidv7(), name, slug: await freeSlug(tx, slugFrom(name)) }
    await tx.insert(workspaces).values({ ...workspace, timeZone: await knownTimeZone(tx, timeZone) })
    await tx.insert(members).values({ id: uuidv7(), organizationId: workspace.id, userId: ownerId, role: 'owner' })
    return workspace
  })
}

/** For a person who has just signed up: their days begin at their own midnight. */
export async function setTimeZoneOfOwner(db: Database, ownerId: string, timeZone: string): Promise<void> {
  const owned = sql`select organization_id from members where user_id = ${ownerId} and role = 'owner'`
  await db
    .update(workspaces)
    .set({ timeZone: await knownTimeZone(db, timeZone) })
    .where(sql`${workspaces.id} in (${owned})`)
}

/** The zone if the database, which counts by it, knows its name; else UTC. */
async function knownTimeZone(db: Database | Tx, timeZone = 'UTC'): Promise<string> {
  if (timeZone === 'UTC') return timeZone
  const { rows } = await db.execute<{ name: string }>(
    sql`select name from pg_timezone_names where name = ${timeZone} and name not like 'posix%'`,
  )
  return rows[0]?.name ?? 'UTC'
}

/** "Ana Souza" → "Ana's workspace". */
export function ownWorkspaceName(personName: string): string {
  const first = personName.trim().split(/\s+/)[0]
  return first ? `${first.slice(0, 40)}’s workspace` : 'My workspace'
}
