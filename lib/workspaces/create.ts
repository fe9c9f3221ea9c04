import { v7 as uuidv7 } from 'uuid'
import { members, workspaces } from '#lib/db/auth-schema.ts'
import type { Database, Tx } from '#lib/db/client.ts'
import type { WorkspaceSummary } from './queries.ts'
import { freeSlug, slugFrom } from './slugs.ts'

/** A workspace and its first owner, in one transaction; the slug follows from the name. */
export function createWorkspace(
  db: Database | Tx,
  { name, ownerId }: { name: string; ownerId: string },
): Promise<WorkspaceSummary> {
  return db.transaction(async (tx) => {
    const workspace = { id: uuidv7(), name, slug: await freeSlug(tx, slugFrom(name)) }
    await tx.insert(workspaces).values(workspace)
    await tx.insert(members).values({ id: uuidv7(), organizationId: workspace.id, userId: ownerId, role: 'owner' })
    return workspace
  })
}

/** "Ana Souza" → "Ana's workspace". */
export function ownWorkspaceName(personName: string): string {
  const first = personName.trim().split(/\s+/)[0]
  return first ? `${first.slice(0, 40)}’s workspace` : 'My workspace'
}
