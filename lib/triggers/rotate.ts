// A new secret for an inbound webhook. The one before is accepted for a day longer, unless it is to end at once.
import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { triggers } from '#lib/db/triggers-schema.ts'
import { forgetEarlier, keepEarlier } from '#lib/deliveries/earlier-secrets.ts'
import type { rotateRequest, SigningSecret } from '#lib/deliveries/signing.ts'
import { Conflict } from '#lib/errors.ts'
import { newSigningSecret } from '#lib/outbound/sign.ts'
import { seal, unseal } from '#lib/secrets.ts'
import { lockedTrigger, placeOf } from './change.ts'

/** The secret is shown now and never again. @throws Forbidden; NotFound; Conflict for one that has no secret */
export async function rotateTriggerSecret(
  ctx: Ctx,
  id: string,
  { endEarlier = false }: z.input<typeof rotateRequest> = {},
): Promise<SigningSecret> {
  requireAccess(ctx, 'trigger.change')
  const trigger = await lockedTrigger(ctx, id)
  if (trigger.secret === null)
    throw new Conflict('Only a webhook has a secret; this trigger is set off by other things.', 'no_secret')
  const place = placeOf(trigger)
  const secret = newSigningSecret()
  await ctx.tx
    .update(triggers)
    .set({ secret: seal(secret, place) })
    .where(eq(triggers.id, id))
  if (endEarlier) {
    await forgetEarlier(ctx.tx, place)
    return { secret, earlierUntil: null }
  }
  return { secret, earlierUntil: await keepEarlier(ctx.tx, place, unseal(trigger.secret, place)) }
}
