import { z } from 'zod'
import { publishRequest, publishWorkflow } from '#lib/workflows/stored/publish.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute } from '#app/_server/route.ts'
import { workflowParams } from '#app/_server/workflow-schemas.ts'

export const POST = defineRoute(
  {
    name: 'publishWorkflow',
    summary: 'Makes the draft the next version, with which runs begin from now on. Runs that are open keep theirs.',
    action: 'workflow.change',
    params: workflowParams,
    noun: 'The workflow',
    body: publishRequest,
    responses: { 201: z.strictObject({ version: z.number().int() }) },
  },
  async ({ params, body, inWorkspace }) => ({
    status: 201,
    body: await inWorkspace((ctx) => publishWorkflow(ctx, params.name, body)),
  }),
)

const other = otherMethods('POST')
export { other as GET, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
