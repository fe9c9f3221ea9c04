'use server'

import { z } from 'zod'
import { defineWorkspaceAction } from '#app/_server/action.ts'
import { rotateRequest, rotateSigningSecret, showSigningSecret } from '#lib/deliveries/signing.ts'
import { createTrigger, deleteTrigger, pauseTrigger, runTrigger } from '#lib/triggers/change.ts'
import { rotateTriggerSecret } from '#lib/triggers/rotate.ts'
import { readTrigger } from '#lib/triggers/queries.ts'
import { newTrigger } from '#lib/triggers/shapes.ts'

const one = z.strictObject({ id: z.uuid() })

export const makeTrigger = defineWorkspaceAction(
  z.strictObject({ workflow: z.string().max(60), trigger: newTrigger }),
  async (ctx, { workflow, trigger }) => {
    const { id, secret } = await createTrigger(ctx, workflow, trigger)
    return { trigger: await readTrigger(ctx, id), secret }
  },
)

export const setPaused = defineWorkspaceAction(one.extend({ paused: z.boolean() }), (ctx, { id, paused }) =>
  pauseTrigger(ctx, id, paused),
)

export const removeTrigger = defineWorkspaceAction(one, (ctx, { id }) => deleteTrigger(ctx, id))

export const runNow = defineWorkspaceAction(one, (ctx, { id }) => runTrigger(ctx, id))

export const readSigningSecret = defineWorkspaceAction(z.strictObject({}), (ctx) => showSigningSecret(ctx))

export const newSigningSecret = defineWorkspaceAction(rotateRequest, rotateSigningSecret)

export const newTriggerSecret = defineWorkspaceAction(one.extend({ request: rotateRequest }), (ctx, { id, request }) =>
  rotateTriggerSecret(ctx, id, request),
)
