import { getTask } from '#lib/tasks/queries.ts'
import { taskDetail } from '#app/_server/response-schemas.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'

export const GET = defineRoute(
  {
    name: 'getTask',
    summary: 'A task with its input, result, attempts, model calls and events.',
    action: 'task.read',
    params: itemParams,
    noun: 'The task',
    responses: { 200: taskDetail },
  },
  async ({ params, inWorkspace }) => ({ status: 200, body: await inWorkspace((ctx) => getTask(ctx, params.id)) }),
)

const other = otherMethods('GET')
export { other as POST, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
