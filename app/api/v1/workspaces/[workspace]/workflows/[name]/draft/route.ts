import { z } from 'zod'
import { saveDraft, saveRequest } from '#lib/workflows/stored/drafts.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute } from '#app/_server/route.ts'
import { workflowParams } from '#app/_server/workflow-schemas.ts'

export const PUT = defineRoute(
  {
    name: 'saveDraft',
    summary: 'Saves the draft of a workflow, also one that is wrong. Refused when somebody else has saved meanwhile.',
    action: 'workflow.change',
    params: workflowParams,
    noun: 'The workflow',
    body: saveRequest,
    maxBytes: 1_200_000,
    responses: { 200: z.strictObject({ revision: z.number().int() }) },
  },
  async ({ params, body, inWorkspace }) => ({
    status: 200,
    body: await inWorkspace((ctx) => saveDraft(ctx, params.name, body)),
  }),
)

const other = otherMethods('PUT')
export { other as GET, other as POST, other as PATCH, other as DELETE, other as OPTIONS }
