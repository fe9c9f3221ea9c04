import { rerunFrom, rerunRequest } from '#lib/workflows/rerun.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'
import { startedRun } from '#app/_server/run-schemas.ts'
import { startRunReply } from '#app/_server/start-run-reply.ts'

export const POST = defineRoute(
  {
    name: 'rerunFromStep',
    summary:
      'Runs a workflow again from one step on, in the version of the earlier run; what had ended before is reused.',
    action: 'run.start',
    params: itemParams,
    noun: 'The run',
    body: rerunRequest,
    maxBytes: 2_000_000,
    idempotent: true,
    responses: { 201: startedRun },
  },
  ({ body, idempotency, ...asked }) =>
    startRunReply(asked, (ctx) => rerunFrom(ctx, asked.params.id, body, idempotency)),
)

const other = otherMethods('POST')
export { other as GET, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
