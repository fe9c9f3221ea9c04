// The shape of calls to other servers as zod, for the API's description.
import { z } from 'zod'
import type { SigningSecret } from '#lib/deliveries/signing.ts'
import type { DeliverySummary } from '#lib/deliveries/queries.ts'
import { DELIVERY_STATUSES, type TryError } from '#lib/deliveries/states.ts'
import { CALL_ERRORS } from '#lib/outbound/outcome.ts'

const at = z.iso.datetime()
const count = z.number().int()

const tryError = z.strictObject({
  code: z.enum([...CALL_ERRORS, 'no_secret']),
  message: z.string(),
}) satisfies z.ZodType<TryError>

const delivery = z.strictObject({
  id: z.uuid(),
  step: z.string(),
  url: z.string(),
  status: z.enum(DELIVERY_STATUSES),
  attempts: count,
  tries: z.array(z.strictObject({ at, status: count.nullable(), ms: count, error: tryError.nullable() })),
  nextAt: at.nullable(),
  createdAt: at,
  finishedAt: at.nullable(),
}) satisfies z.ZodType<DeliverySummary>

export const deliveryList = z.strictObject({ items: z.array(delivery) })
export const signingSecret = z.strictObject({
  secret: z.string(),
  earlierUntil: z.iso.datetime().nullable(),
}) satisfies z.ZodType<SigningSecret>
