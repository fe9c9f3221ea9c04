import { may } from '#lib/access/policy.ts'
import { runPlan } from '#lib/plans/carry-out.ts'
import { runPlanRequest } from '#lib/plans/requests.ts'
import { getRun } from '#lib/workflows/queries.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'
import { startedRun } from '#app/_server/run-schemas.ts'

export const POST = defineRoute(
  {
    name: 'runPlan',
    summary: 'Runs a plan over the text that it was made for. With an Idempotency-Key it starts once.',
    action: 'run.start',
    params: itemParams,
    noun: 'The plan',
    body: runPlanRequest,
    idempotent: true,
    responses: { 201: startedRun },
  },
  async ({ params, body, idempotency, inWorkspace }) => {
    const { started, run } = await inWorkspace(async (ctx) => {
      const begun = await runPlan(ctx, params.id, body, idempotency)
      return { started: begun, run: may(ctx.access, 'run.read') ? await getRun(ctx, begun.id) : { id: begun.id } }
    })
    const headers: Record<string, string> = { Location: `/api/v1/workspaces/${params.workspace}/runs/${started.id}` }
    if (started.replayed) headers['Idempotent-Replayed'] = 'true'
    return { status: 201, body: run, headers }
  },
)

const other = otherMethods('POST')
export { other as GET, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
