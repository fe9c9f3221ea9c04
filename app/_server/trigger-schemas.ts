// The shapes of triggers as zod, for the API's description; each is held to the type that verbs and pages share.
import { z } from 'zod'
import { type Firing, type Trigger, triggerConfig } from '#lib/triggers/shapes.ts'

const at = z.iso.datetime()

const firing = z.strictObject({
  id: z.uuid(),
  cause: z.string(),
  at,
  runId: z.uuid().nullable(),
  reason: z.string().nullable(),
}) satisfies z.ZodType<Firing>

export const trigger = z
  .strictObject({
    id: z.uuid(),
    workflow: z.string(),
    title: z.string(),
    config: triggerConfig,
    words: z.string(),
    pausedAt: at.nullable(),
    nextAt: z.array(at),
    madeBy: z.string(),
    createdAt: at,
    hook: z.string().nullable(),
    firings: z.array(firing),
  })
  .meta({ id: 'Trigger' }) satisfies z.ZodType<Trigger>

export const triggerList = z.strictObject({ items: z.array(trigger) })

/** `secret` is that of a webhook: this answer is the only place where it is shown. */
export const madeTrigger = z.strictObject({ trigger, secret: z.string().nullable() })

/** What was started, or why nothing was; `replayed` when the same call had come before. */
export const fired = z.strictObject({
  id: z.uuid(),
  runId: z.uuid().nullable(),
  reason: z.string().nullable(),
  replayed: z.boolean(),
})
