import { getRun } from '#lib/workflows/queries.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'
import { runDetail } from '#app/_server/run-schemas.ts'

export const GET = defineRoute(
  {
    name: 'getRun',
    summary: 'A run with its text and, for each step, where it stands and what it made.',
    action: 'run.read',
    params: itemParams,
    noun: 'The run',
    responses: { 200: runDetail },
  },
  async ({ params, inWorkspace }) => ({ status: 200, body: await inWorkspace((ctx) => getRun(ctx, params.id)) }),
)

const other = otherMethods('GET')
export { other as POST, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
