import { z } from 'zod'
import { deleteTrigger, pauseTrigger } from '#lib/triggers/change.ts'
import { getTrigger } from '#lib/triggers/queries.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'
import { trigger } from '#app/_server/trigger-schemas.ts'

export const GET = defineRoute(
  {
    name: 'getTrigger',
    summary: 'A trigger with its next times and its last firings.',
    action: 'run.read',
    params: itemParams,
    noun: 'The trigger',
    responses: { 200: trigger },
  },
  async ({ params, inWorkspace }) => ({ status: 200, body: await inWorkspace((ctx) => getTrigger(ctx, params.id)) }),
)

export const PATCH = defineRoute(
  {
    name: 'pauseTrigger',
    summary: 'Pauses a trigger or resumes it. What would have set it off meanwhile does not count.',
    action: 'trigger.change',
    params: itemParams,
    noun: 'The trigger',
    body: z.strictObject({ paused: z.boolean() }),
    responses: { 204: null },
  },
  async ({ params, body, inWorkspace }) => {
    await inWorkspace((ctx) => pauseTrigger(ctx, params.id, body.paused))
    return { status: 204 }
  },
)

export const DELETE = defineRoute(
  {
    name: 'deleteTrigger',
    summary: 'Deletes a trigger with its firings. The runs that it started stay.',
    action: 'trigger.change',
    params: itemParams,
    noun: 'The trigger',
    body: z.strictObject({}),
    responses: { 204: null },
  },
  async ({ params, inWorkspace }) => {
    await inWorkspace((ctx) => deleteTrigger(ctx, params.id))
    return { status: 204 }
  },
)

const other = otherMethods('GET', 'PATCH', 'DELETE')
export { other as POST, other as PUT, other as OPTIONS }
