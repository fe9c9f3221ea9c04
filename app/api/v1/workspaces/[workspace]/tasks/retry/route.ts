import { taskSelection } from '#lib/tasks/requests.ts'
import { retryTasks } from '#lib/tasks/retry.ts'
import { bulkResult } from '#app/_server/response-schemas.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'

export const POST = defineRoute(
  {
    name: 'retryTasks',
    summary: 'Sends every task that can be retried, among those named by ids or by a query, back to its queue once.',
    action: 'task.retry',
    params: workspaceParams,
    body: taskSelection,
    deadlineMs: 30_000,
    responses: { 200: bulkResult },
  },
  async ({ body, inWorkspace }) => ({ status: 200, body: await inWorkspace((ctx) => retryTasks(ctx, body)) }),
)

const other = otherMethods('POST')
export { other as GET, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
