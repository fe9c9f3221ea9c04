import { submitTask } from '#lib/tasks/submit.ts'
import { listTasks } from '#lib/tasks/queries.ts'
import { readTaskQuery, submitRequest, taskQuery } from '#lib/tasks/requests.ts'
import { taskDetail, taskPage } from '#app/_server/response-schemas.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'

export const GET = defineRoute(
  {
    name: 'listTasks',
    summary: 'Tasks, newest first, filtered as on the History page.',
    action: 'task.read',
    params: workspaceParams,
    query: taskQuery,
    readQuery: (search) => readTaskQuery(search, { strict: true }),
    responses: { 200: taskPage },
  },
  async ({ query, inWorkspace }) => ({ status: 200, body: await inWorkspace((ctx) => listTasks(ctx, query)) }),
)

export const POST = defineRoute(
  {
    name: 'submitTask',
    summary: 'Accepts a task. With an Idempotency-Key it is accepted once, however often it is sent within 24 hours.',
    action: 'task.submit',
    params: workspaceParams,
    body: submitRequest,
    // The longest text, every character of it escaped, is 1.2 MB.
    maxBytes: 2_000_000,
    idempotent: true,
    responses: { 201: taskDetail },
  },
  async ({ params, body, idempotency, inWorkspace }) => {
    const { task, replayed } = await inWorkspace((ctx) => submitTask(ctx, body, idempotency, { last: true }))
    const headers: Record<string, string> = { Location: `/api/v1/workspaces/${params.workspace}/tasks/${task.id}` }
    if (replayed) headers['Idempotent-Replayed'] = 'true'
    return { status: 201, body: task, headers }
  },
)

const other = otherMethods('GET', 'POST')
export { other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
