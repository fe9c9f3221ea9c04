import { may } from '#lib/access/policy.ts'
import { getRun } from '#lib/workflows/queries.ts'
import { rerunFrom, rerunRequest } from '#lib/workflows/rerun.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'
import { startedRun } from '#app/_server/run-schemas.ts'

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
  async ({ params, body, idempotency, inWorkspace }) => {
    const { started, run } = await inWorkspace(async (ctx) => {
      const begun = await rerunFrom(ctx, params.id, body, idempotency)
      return { started: begun, run: may(ctx.access, 'run.read') ? await getRun(ctx, begun.id) : { id: begun.id } }
    })
    const headers: Record<string, string> = { Location: `/api/v1/workspaces/${params.workspace}/runs/${started.id}` }
    if (started.replayed) headers['Idempotent-Replayed'] = 'true'
    return { status: 201, body: run, headers }
  },
)

const other = otherMethods('POST')
export { other as GET, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
