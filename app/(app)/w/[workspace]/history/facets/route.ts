import { defineRoute, workspaceParams } from '#app/_server/route.ts'
import { taskFacets as readFacets } from '#lib/tasks/facets.ts'
import { taskFilter } from '#lib/tasks/requests.ts'
import { taskFacets } from '../page-schemas.ts'
import { readFilter } from '../read-filter.ts'

export const GET = defineRoute(
  {
    name: 'getHistoryFacets',
    summary: 'What the tasks of a query are made of, for the filters of History.',
    action: 'task.read',
    params: workspaceParams,
    query: taskFilter,
    readQuery: readFilter,
    responses: { 200: taskFacets },
  },
  async ({ query, inWorkspace }) => ({ status: 200, body: await inWorkspace((ctx) => readFacets(ctx, query)) }),
)
