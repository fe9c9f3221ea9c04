import { z } from 'zod'
import { runTrigger } from '#lib/triggers/change.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'
import { fired } from '#app/_server/trigger-schemas.ts'

export const POST = defineRoute(
  {
    name: 'runTrigger',
    summary: 'Starts what a schedule starts, now and once more.',
    action: 'run.start',
    params: itemParams,
    noun: 'The trigger',
    body: z.strictObject({}),
    responses: { 200: fired },
  },
  async ({ params, inWorkspace }) => ({ status: 200, body: await inWorkspace((ctx) => runTrigger(ctx, params.id)) }),
)

const other = otherMethods('POST')
export { other as GET, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
