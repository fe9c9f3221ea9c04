import { and, asc, eq } from 'drizzle-orm'
import type { Role } from '#lib/access/actor.ts'
import { members, users, workspaceSlugs, workspaces } from '#lib/db/auth-schema.ts'
import type { Database, Tx } from '#lib/db/client.ts'

export type WorkspaceSummary = { id: string; slug: string; name: string }
export type Membership = WorkspaceSummary & { role: Role }

const summary = { id: workspaces.id, slug: workspaces.slug, name: workspaces.name }
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The workspace of this slug, id or former slug, or null. Says nothing about who may enter it. */
export async function findWorkspace(db: Database | Tx, slugOrId: string): Promise<WorkspaceSummary | null> {
  if (slugOrId.length > 100 || slugOrId.includes('\0')) return null
  const key = UUID.test(slugOrId) ? eq(workspaces.id, slugOrId) : eq(workspaces.slug, slugOrId)
  const [current] = await db.select(summary).from(workspaces).where(key)
  if (current) return current
  const [former] = await db
    .select(summary)
    .from(workspaceSlugs)
    .innerJoin(workspaces, eq(workspaces.id, workspaceSlugs.workspaceId))
    .where(eq(workspaceSlugs.slug, slugOrId))
  return former ?? null
}

export async function membershipOf(
  db: Database | Tx,
  userId: string,
  workspaceId: string,
): Promise<{ role: Role; operator: boolean } | null> {
  const [found] = await db
    .select({ role: members.role, operator: users.operator })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.userId, userId), eq(members.organizationId, workspaceId)))
  return found ?? null
}

/** The person's workspaces by name. */
export function listWorkspaces(db: Database | Tx, userId: string): Promise<Membership[]> {
  return db
    .select({ ...summary, role: members.role })
    .from(members)
    .innerJoin(workspaces, eq(workspaces.id, members.organizationId))
    .where(eq(members.userId, userId))
    .orderBy(asc(workspaces.name), asc(workspaces.id))
    .limit(200)
}

export async function rememberWorkspace(db: Database | Tx, userId: string, workspaceId: string): Promise<void> {
  await db.update(users).set({ lastWorkspaceId: workspaceId }).where(eq(users.id, userId))
}
