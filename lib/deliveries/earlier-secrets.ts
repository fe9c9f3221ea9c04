// A secret that was replaced counts for a day longer, so that both ends can change it in their own time.
import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '#lib/db/client.ts'
import { secrets } from '#lib/db/deliveries-schema.ts'
import { type Place, seal, unseal } from '#lib/secrets.ts'

export const OVERLAP_HOURS = 24

export type EarlierSecret = { secret: string; until: string }

/** Of the place whose secret is replaced: an even earlier one counts no more. @returns until when it counts */
export async function keepEarlier(tx: Tx, place: Place, secret: string): Promise<string> {
  const at = earlier(place)
  const [row] = await tx
    .insert(secrets)
    .values({ ...at, sealed: seal(secret, at), createdAt: sql`now()` })
    .onConflictDoUpdate({
      target: [secrets.workspaceId, secrets.purpose],
      set: { sealed: seal(secret, at), createdAt: sql`now()` },
    })
    .returning({ createdAt: secrets.createdAt })
  if (!row) throw new Error('The earlier secret was not kept.')
  return untilOf(row.createdAt)
}

/** Null when there is none, or its time has passed. @throws Unsealable */
export async function earlierSecret(tx: Tx, place: Place): Promise<EarlierSecret | null> {
  const [row] = await tx
    .select()
    .from(secrets)
    .where(and(isAt(earlier(place)), sql`${secrets.createdAt} > now() - ${OVERLAP_HOURS} * interval '1 hour'`))
  return row ? { secret: unseal(row.sealed, earlier(place)), until: untilOf(row.createdAt) } : null
}

/** From now on it counts no more. */
export async function forgetEarlier(tx: Tx, place: Place): Promise<void> {
  await tx.delete(secrets).where(isAt(earlier(place)))
}

export function isAt({ workspaceId, purpose }: Place) {
  return and(eq(secrets.workspaceId, workspaceId), eq(secrets.purpose, purpose))
}

function earlier({ workspaceId, purpose }: Place): Place {
  return { workspaceId, purpose: `${purpose}, earlier` }
}

function untilOf(replacedAt: Date): string {
  return new Date(replacedAt.getTime() + OVERLAP_HOURS * 3_600_000).toISOString()
}
