import { defineRoute, workspaceParams } from '#app/_server/route.ts'
import { countViews } from '../count-views.ts'
import { taskFilter } from '#lib/tasks/requests.ts'
import { viewCounts } from '../page-schemas.ts'
import { readFilter } from '../read-filter.ts'

export const GET = defineRoute(
  {
    name: 'countHistoryViews',
    summary: 'The numbers on the quick views of History.',
    action: 'task.read',
    params: workspaceParams,
    query: taskFilter,
    readQuery: readFilter,
    responses: { 200: viewCounts },
  },
  async ({ query, inWorkspace }) => ({ status: 200, body: await inWorkspace((ctx) => countViews(ctx, query)) }),
)
