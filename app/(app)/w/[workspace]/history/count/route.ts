import { defineRoute, workspaceParams } from '#app/_server/route.ts'
import { countTasks } from '#lib/tasks/queries.ts'
import { taskFilter } from '#lib/tasks/requests.ts'
import { taskCount } from '../page-schemas.ts'
import { readFilter } from '../read-filter.ts'

export const GET = defineRoute(
  {
    name: 'countHistory',
    summary: 'How many tasks a query matches, for History.',
    action: 'task.read',
    params: workspaceParams,
    query: taskFilter,
    readQuery: readFilter,
    responses: { 200: taskCount },
  },
  async ({ query, inWorkspace }) => ({ status: 200, body: await inWorkspace((ctx) => countTasks(ctx, query)) }),
)
