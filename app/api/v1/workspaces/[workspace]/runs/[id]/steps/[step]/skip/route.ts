import { may } from '#lib/access/policy.ts'
import { stepName } from '#lib/workflows/definition.ts'
import { getRun } from '#lib/workflows/queries.ts'
import { skipStep } from '#lib/workflows/skip.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'
import { startedRun } from '#app/_server/run-schemas.ts'

export const POST = defineRoute(
  {
    name: 'skipStep',
    summary: 'Leaves out a step that failed or waits; what needs it goes on by the rules of the graph.',
    action: 'run.skip',
    params: itemParams.extend({ step: stepName }),
    noun: 'The step',
    responses: { 200: startedRun },
  },
  async ({ params, inWorkspace }) => ({
    status: 200,
    body: await inWorkspace(async (ctx) => {
      await skipStep(ctx, params.id, params.step)
      return may(ctx.access, 'run.read') ? getRun(ctx, params.id) : { id: params.id }
    }),
  }),
)

const other = otherMethods('POST')
export { other as GET, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
