import { listVersions } from '#lib/workflows/stored/queries.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute } from '#app/_server/route.ts'
import { workflowParams, workflowVersions } from '#app/_server/workflow-schemas.ts'

export const GET = defineRoute(
  {
    name: 'listWorkflowVersions',
    summary: 'The published versions of a workflow, newest first, at most 200.',
    action: 'run.read',
    params: workflowParams,
    noun: 'The workflow',
    responses: { 200: workflowVersions },
  },
  async ({ params, inWorkspace }) => ({
    status: 200,
    body: { items: await inWorkspace((ctx) => listVersions(ctx, params.name)) },
  }),
)

const other = otherMethods('GET')
export { other as POST, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
