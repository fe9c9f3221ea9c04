// The secret that a workspace's calls are signed with: made when it is first needed, the same for all of its receivers.
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import type { Tx } from '#lib/db/client.ts'
import { secrets } from '#lib/db/deliveries-schema.ts'
import { newSigningSecret } from '#lib/outbound/sign.ts'
import { seal, unseal } from '#lib/secrets.ts'
import { and, eq } from 'drizzle-orm'

const PURPOSE = 'signing of calls'

/** The transaction sees the workspace's rows. @throws Unsealable; Error without BATON_SECRET */
export async function signingSecret(tx: Tx, workspaceId: string): Promise<string> {
  const place = { workspaceId, purpose: PURPOSE }
  const mine = and(eq(secrets.workspaceId, workspaceId), eq(secrets.purpose, PURPOSE))
  const [known] = await tx.select({ sealed: secrets.sealed }).from(secrets).where(mine)
  if (known) return unseal(known.sealed, place)
  await tx
    .insert(secrets)
    .values({ ...place, sealed: seal(newSigningSecret(), place) })
    .onConflictDoNothing()
  // Another transaction may have been first.
  const [row] = await tx.select({ sealed: secrets.sealed }).from(secrets).where(mine)
  if (!row) throw new Error('The signing secret was not stored.')
  return unseal(row.sealed, place)
}

/** For whoever checks the signatures. @throws Forbidden */
export async function showSigningSecret(ctx: Ctx): Promise<string> {
  requireAccess(ctx, 'secret.read')
  return signingSecret(ctx.tx, ctx.workspaceId)
}
