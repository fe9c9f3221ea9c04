import { z } from 'zod'
import { archiveWorkflow } from '#lib/workflows/stored/drafts.ts'
import { getWorkflow } from '#lib/workflows/stored/queries.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute } from '#app/_server/route.ts'
import { workflowDetail, workflowParams } from '#app/_server/workflow-schemas.ts'

export const GET = defineRoute(
  {
    name: 'getWorkflow',
    summary: 'A workflow of the workspace: its draft, what is wrong with it, and what was published last.',
    action: 'run.read',
    params: workflowParams,
    noun: 'The workflow',
    responses: { 200: workflowDetail },
  },
  async ({ params, inWorkspace }) => ({ status: 200, body: await inWorkspace((ctx) => getWorkflow(ctx, params.name)) }),
)

export const DELETE = defineRoute(
  {
    name: 'archiveWorkflow',
    summary: 'Puts a workflow away: nothing starts it any more, its runs stay.',
    action: 'workflow.change',
    params: workflowParams,
    noun: 'The workflow',
    body: z.strictObject({}),
    responses: { 204: null },
  },
  async ({ params, inWorkspace }) => {
    await inWorkspace((ctx) => archiveWorkflow(ctx, params.name))
    return { status: 204 }
  },
)

const other = otherMethods('GET', 'DELETE')
export { other as POST, other as PUT, other as PATCH, other as OPTIONS }
