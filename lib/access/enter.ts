// The way into a workspace: who acts is looked up in the same transaction that then does the work, so that a role
// lowered or a key revoked counts from the next request on. Whoever may not enter learns nothing about what is inside.
import type { Ctx } from '#lib/context.ts'
import { type Database, enterWorkspace } from '#lib/db/client.ts'
import { NotFound, Unauthenticated } from '#lib/errors.ts'
import type { Queue } from '#lib/queue.ts'
import { findWorkspace, membershipOf, type WorkspaceSummary } from '#lib/workspaces/queries.ts'
import { findKey } from './keys.ts'

export type Powers = { db: Database; queue: Queue; requestId: string }
type Work<Result> = (ctx: Ctx, workspace: WorkspaceSummary) => Promise<Result>

/** @throws NotFound when there is no such workspace or the person is not a member: the two look alike. */
export function asMember<Result>(
  { db, queue, requestId }: Powers,
  user: { id: string; name: string },
  slugOrId: string,
  work: Work<Result>,
): Promise<Result> {
  return db.transaction(async (tx) => {
    const workspace = await findWorkspace(tx, slugOrId)
    const member = workspace && (await membershipOf(tx, user.id, workspace.id))
    if (!workspace || !member) throw new NotFound('This workspace')
    await enterWorkspace(tx, workspace.id)
    const actor = { kind: 'user' as const, id: user.id, name: user.name }
    return work({ tx, queue, requestId, workspaceId: workspace.id, actor, access: member }, workspace)
  })
}

/** @throws Unauthenticated when the secret is no live key of this workspace; an unknown workspace looks the same. */
export function asKey<Result>(
  { db, queue, requestId }: Powers,
  secret: string,
  slugOrId: string,
  work: Work<Result>,
): Promise<Result> {
  return db.transaction(async (tx) => {
    const workspace = await findWorkspace(tx, slugOrId)
    if (workspace) await enterWorkspace(tx, workspace.id)
    const key = workspace && (await findKey(tx, secret))
    if (!workspace || !key) throw new Unauthenticated('This API key is not valid here. It may have been revoked.')
    const actor = { kind: 'key' as const, id: key.id, name: key.name }
    return work({ tx, queue, requestId, workspaceId: workspace.id, actor, access: { scopes: key.scopes } }, workspace)
  })
}
