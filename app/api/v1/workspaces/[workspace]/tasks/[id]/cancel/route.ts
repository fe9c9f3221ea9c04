import { z } from 'zod'
import { cancelTask } from '#lib/tasks/cancel.ts'
import { changedTask } from '#lib/tasks/changed.ts'
import { changedTaskBody } from '#app/_server/response-schemas.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'

export const POST = defineRoute(
  {
    name: 'cancelTask',
    summary: 'Cancels an open task. Work in flight is aborted; what it has cost so far stays on record.',
    action: 'task.cancel',
    params: itemParams,
    noun: 'The task',
    body: z.strictObject({}),
    responses: { 200: changedTaskBody },
  },
  async ({ params, inWorkspace }) => ({
    status: 200,
    body: await inWorkspace(async (ctx) => {
      await cancelTask(ctx, params.id)
      return changedTask(ctx, params.id)
    }),
  }),
)

const other = otherMethods('POST')
export { other as GET, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
