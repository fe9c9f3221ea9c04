import { z } from 'zod'
import { taskSummary } from '#app/_server/response-schemas.ts'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'
import { taskId } from '#lib/tasks/requests.ts'
import { taskSummaries } from '#lib/tasks/summaries.ts'

const query = z.strictObject({ ids: z.array(taskId).min(1).max(100) })

export const GET = defineRoute(
  {
    name: 'getHistoryRows',
    summary: 'The present state of rows that a list shows.',
    action: 'task.read',
    params: workspaceParams,
    query,
    readQuery: (search) => query.safeParse({ ...Object.fromEntries(search), ids: search.get('ids')?.split(',') }),
    responses: { 200: z.array(taskSummary) },
  },
  async ({ query: { ids }, inWorkspace }) => ({
    status: 200,
    body: await inWorkspace((ctx) => taskSummaries(ctx, ids)),
  }),
)
