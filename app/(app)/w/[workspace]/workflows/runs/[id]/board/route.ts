import { defineRoute, itemParams } from '#app/_server/route.ts'
import { runBoard } from '#app/_server/run-schemas.ts'
import { getRunBoard } from '#lib/workflows/queries.ts'

export const GET = defineRoute(
  {
    name: 'getRunBoard',
    summary: 'Where each step of a run stands, without what it made, for the page that watches it.',
    action: 'run.read',
    params: itemParams,
    noun: 'The run',
    responses: { 200: runBoard },
  },
  async ({ params, inWorkspace }) => ({ status: 200, body: await inWorkspace((ctx) => getRunBoard(ctx, params.id)) }),
)
