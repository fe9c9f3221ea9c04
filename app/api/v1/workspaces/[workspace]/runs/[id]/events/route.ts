import { happenedQuery, runHappened } from '#lib/workflows/happened.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'
import { runEventPage } from '#app/_server/run-schemas.ts'

export const GET = defineRoute(
  {
    name: 'listRunEvents',
    summary: 'What has happened in a run and in its steps, newest first.',
    action: 'run.read',
    params: itemParams,
    query: happenedQuery,
    noun: 'The run',
    responses: { 200: runEventPage },
  },
  async ({ params, query, inWorkspace }) => ({
    status: 200,
    body: await inWorkspace((ctx) => runHappened(ctx, params.id, query)),
  }),
)

const other = otherMethods('GET')
export { other as POST, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
