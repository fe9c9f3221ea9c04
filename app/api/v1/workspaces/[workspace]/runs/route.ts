import { getRun, listRuns } from '#lib/workflows/queries.ts'
import { readRunQuery, runQuery, startRequest } from '#lib/workflows/requests.ts'
import { startRun } from '#lib/workflows/start.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'
import { runPage, startedRun } from '#app/_server/run-schemas.ts'
import { may } from '#lib/access/policy.ts'

export const GET = defineRoute(
  {
    name: 'listRuns',
    summary: 'Runs of workflows, newest first, filtered as tasks are.',
    action: 'run.read',
    params: workspaceParams,
    query: runQuery,
    readQuery: readRunQuery,
    responses: { 200: runPage },
  },
  async ({ query, inWorkspace }) => ({ status: 200, body: await inWorkspace((ctx) => listRuns(ctx, query)) }),
)

export const POST = defineRoute(
  {
    name: 'startRun',
    summary: 'Starts a workflow. With an Idempotency-Key it starts once, however often it is sent within 24 hours.',
    action: 'run.start',
    params: workspaceParams,
    body: startRequest,
    // The longest text, every character of it escaped, is 1.2 MB.
    maxBytes: 2_000_000,
    idempotent: true,
    responses: { 201: startedRun },
  },
  async ({ params, body, idempotency, inWorkspace }) => {
    const { started, run } = await inWorkspace(async (ctx) => {
      const begun = await startRun(ctx, body, idempotency)
      const detail = may(ctx.access, 'run.read') ? await getRun(ctx, begun.id) : { id: begun.id }
      return { started: begun, run: detail }
    })
    const headers: Record<string, string> = { Location: `/api/v1/workspaces/${params.workspace}/runs/${started.id}` }
    if (started.replayed) headers['Idempotent-Replayed'] = 'true'
    return { status: 201, body: run, headers }
  },
)

const other = otherMethods('GET', 'POST')
export { other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
