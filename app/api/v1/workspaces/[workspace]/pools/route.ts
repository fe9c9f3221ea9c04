import { workersOverview as readOverview } from '#lib/pools/queries.ts'
import { workersOverview } from '#app/_server/response-schemas.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'

export const GET = defineRoute(
  {
    name: 'getPools',
    summary:
      'Worker processes, slots busy and free, what waits and for how long, and what this workspace got done today.',
    action: 'worker.read',
    params: workspaceParams,
    responses: { 200: workersOverview },
  },
  async ({ inWorkspace }) => ({ status: 200, body: await inWorkspace(readOverview) }),
)

const other = otherMethods('GET')
export { other as POST, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
