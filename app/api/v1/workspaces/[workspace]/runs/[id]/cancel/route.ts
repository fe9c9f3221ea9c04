import { may } from '#lib/access/policy.ts'
import { cancelRun } from '#lib/workflows/cancel.ts'
import { getRun } from '#lib/workflows/queries.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'
import { startedRun } from '#app/_server/run-schemas.ts'

export const POST = defineRoute(
  {
    name: 'cancelRun',
    summary: 'Cancels what is open of a run; what has ended keeps its result.',
    action: 'run.cancel',
    params: itemParams,
    noun: 'The run',
    responses: { 200: startedRun },
  },
  async ({ params, inWorkspace }) => ({
    status: 200,
    body: await inWorkspace(async (ctx) => {
      await cancelRun(ctx, params.id)
      return may(ctx.access, 'run.read') ? getRun(ctx, params.id) : { id: params.id }
    }),
  }),
)

const other = otherMethods('POST')
export { other as GET, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
