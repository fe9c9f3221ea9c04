import { changedTask } from '#lib/tasks/changed.ts'
import { retryRequest } from '#lib/tasks/requests.ts'
import { retryTask } from '#lib/tasks/retry.ts'
import { changedTaskBody } from '#app/_server/response-schemas.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'

export const POST = defineRoute(
  {
    name: 'retryTask',
    summary: 'Sends a failed, cancelled or blocked task back to its queue, with another engine if one is named.',
    action: 'task.retry',
    params: itemParams,
    noun: 'The task',
    body: retryRequest,
    responses: { 200: changedTaskBody },
  },
  async ({ params, body, inWorkspace }) => ({
    status: 200,
    body: await inWorkspace(async (ctx) => {
      await retryTask(ctx, params.id, body)
      return changedTask(ctx, params.id)
    }),
  }),
)

const other = otherMethods('POST')
export { other as GET, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
