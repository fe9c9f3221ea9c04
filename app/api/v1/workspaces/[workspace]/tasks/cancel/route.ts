import { cancelTasks } from '#lib/tasks/cancel.ts'
import { taskSelection } from '#lib/tasks/requests.ts'
import { bulkResult } from '#app/_server/response-schemas.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'

export const POST = defineRoute(
  {
    name: 'cancelTasks',
    summary: 'Cancels every open task among those named by ids or by a query.',
    action: 'task.cancel',
    params: workspaceParams,
    body: taskSelection,
    deadlineMs: 30_000,
    responses: { 200: bulkResult },
  },
  async ({ body, inWorkspace }) => ({ status: 200, body: await inWorkspace((ctx) => cancelTasks(ctx, body)) }),
)

const other = otherMethods('POST')
export { other as GET, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
