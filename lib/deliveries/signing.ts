// The secret that a workspace's calls are signed with: made when it is first needed, the same for all of its receivers.
// For a day after it was replaced, calls are signed with both.
import { z } from 'zod'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import type { Tx } from '#lib/db/client.ts'
import { secrets } from '#lib/db/deliveries-schema.ts'
import { newSigningSecret } from '#lib/outbound/sign.ts'
import { seal, unseal } from '#lib/secrets.ts'
import { earlierSecret, forgetEarlier, isAt, keepEarlier } from './earlier-secrets.ts'

const PURPOSE = 'signing of calls'

export const rotateRequest = z.strictObject({
  /** For whose secret is known to others: the earlier one counts no more at once. */
  endEarlier: z.boolean().default(false),
})

export type SigningSecret = {
  secret: string
  /** Until when calls are signed with the one before too; null when they are not. */
  earlierUntil: string | null
}

/** The current one first. The transaction sees the workspace's rows. @throws Unsealable; Error without BATON_SECRET */
export async function signingSecrets(tx: Tx, workspaceId: string): Promise<string[]> {
  const current = await currentSecret(tx, workspaceId)
  const before = await earlierSecret(tx, { workspaceId, purpose: PURPOSE })
  return before ? [current, before.secret] : [current]
}

/** For whoever checks the signatures. @throws Forbidden */
export async function showSigningSecret(ctx: Ctx): Promise<SigningSecret> {
  requireAccess(ctx, 'secret.read')
  const { tx, workspaceId } = ctx
  const secret = await currentSecret(tx, workspaceId)
  const before = await earlierSecret(tx, { workspaceId, purpose: PURPOSE })
  return { secret, earlierUntil: before?.until ?? null }
}

/** A new one from now on. @throws Forbidden */
export async function rotateSigningSecret(
  ctx: Ctx,
  { endEarlier = false }: z.input<typeof rotateRequest> = {},
): Promise<SigningSecret> {
  requireAccess(ctx, 'secret.change')
  const { tx, workspaceId } = ctx
  const place = { workspaceId, purpose: PURPOSE }
  await currentSecret(tx, workspaceId)
  // Two that change it at once do so one after the other.
  const [row] = await tx.select({ sealed: secrets.sealed }).from(secrets).where(isAt(place)).for('update')
  const secret = newSigningSecret()
  await tx
    .update(secrets)
    .set({ sealed: seal(secret, place) })
    .where(isAt(place))
  if (endEarlier || !row) {
    await forgetEarlier(tx, place)
    return { secret, earlierUntil: null }
  }
  return { secret, earlierUntil: await keepEarlier(tx, place, unseal(row.sealed, place)) }
}

async function currentSecret(tx: Tx, workspaceId: string): Promise<string> {
  const place = { workspaceId, purpose: PURPOSE }
  const [known] = await tx.select({ sealed: secrets.sealed }).from(secrets).where(isAt(place))
  if (known) return unseal(known.sealed, place)
  await tx
    .insert(secrets)
    .values({ ...place, sealed: seal(newSigningSecret(), place) })
    .onConflictDoNothing()
  // Another transaction may have been first.
  const [row] = await tx.select({ sealed: secrets.sealed }).from(secrets).where(isAt(place))
  if (!row) throw new Error('The signing secret was not stored.')
  return unseal(row.sealed, place)
}
