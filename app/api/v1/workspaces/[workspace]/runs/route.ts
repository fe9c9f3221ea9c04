import { listRuns } from '#lib/workflows/queries.ts'
import { readRunQuery, runQuery, startRequest } from '#lib/workflows/requests.ts'
import { startRun } from '#lib/workflows/start.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'
import { runPage, startedRun } from '#app/_server/run-schemas.ts'
import { startRunReply } from '#app/_server/start-run-reply.ts'

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
  ({ body, idempotency, ...asked }) => startRunReply(asked, (ctx) => startRun(ctx, body, idempotency)),
)

const other = otherMethods('GET', 'POST')
export { other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
