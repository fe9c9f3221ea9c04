import { z } from 'zod'
import { createRequest, createWorkflow } from '#lib/workflows/stored/drafts.ts'
import { listWorkflows } from '#lib/workflows/stored/queries.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'
import { workflowSummary } from '#app/_server/workflow-schemas.ts'

export const GET = defineRoute(
  {
    name: 'listWorkflows',
    summary: 'The workspace’s own workflows, last saved first, then those that come with Baton.',
    action: 'run.read',
    params: workspaceParams,
    responses: { 200: z.strictObject({ items: z.array(workflowSummary) }) },
  },
  async ({ inWorkspace }) => ({ status: 200, body: { items: await inWorkspace((ctx) => listWorkflows(ctx)) } }),
)

export const POST = defineRoute(
  {
    name: 'createWorkflow',
    summary:
      'Makes a workflow of the workspace: empty, from a draft, or as a copy of another one. It runs once published.',
    action: 'workflow.change',
    params: workspaceParams,
    body: createRequest,
    maxBytes: 1_200_000,
    responses: { 201: z.strictObject({ name: z.string() }) },
  },
  async ({ params, body, inWorkspace }) => {
    const name = await inWorkspace((ctx) => createWorkflow(ctx, body))
    const headers = { Location: `/api/v1/workspaces/${params.workspace}/workflows/${name}` }
    return { status: 201, body: { name }, headers }
  },
)

const other = otherMethods('GET', 'POST')
export { other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
