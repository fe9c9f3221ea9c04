import { compareQuery, compareSides } from '#lib/workflows/stored/sides.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute } from '#app/_server/route.ts'
import { comparedWorkflow, workflowParams } from '#app/_server/workflow-schemas.ts'

export const GET = defineRoute(
  {
    name: 'compareWorkflow',
    summary:
      'What differs between two states of a workflow, step by step and field by field: versions by number, or "draft". Left out, the newest version and the draft.',
    action: 'run.read',
    params: workflowParams,
    query: compareQuery,
    noun: 'The workflow',
    responses: { 200: comparedWorkflow },
  },
  async ({ params, query, inWorkspace }) => {
    const { from, to, changes } = await inWorkspace((ctx) => compareSides(ctx, params.name, query))
    return { status: 200, body: { from: from.of, to: to.of, ...changes } }
  },
)

const other = otherMethods('GET')
export { other as POST, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
