import { runPlan } from '#lib/plans/carry-out.ts'
import { runPlanRequest } from '#lib/plans/requests.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'
import { startedRun } from '#app/_server/run-schemas.ts'
import { startRunReply } from '#app/_server/start-run-reply.ts'

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
  ({ body, idempotency, ...asked }) => startRunReply(asked, (ctx) => runPlan(ctx, asked.params.id, body, idempotency)),
)

const other = otherMethods('POST')
export { other as GET, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
