import { z } from 'zod'
import { savePlan } from '#lib/plans/carry-out.ts'
import { savePlanRequest } from '#lib/plans/requests.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'

export const POST = defineRoute(
  {
    name: 'savePlan',
    summary: 'Makes the draft of a workflow from a plan, for other texts. It runs once published.',
    action: 'workflow.change',
    params: itemParams,
    noun: 'The plan',
    body: savePlanRequest,
    responses: { 201: z.strictObject({ name: z.string() }) },
  },
  async ({ params, body, inWorkspace }) => {
    const name = await inWorkspace((ctx) => savePlan(ctx, params.id, body))
    const headers = { Location: `/api/v1/workspaces/${params.workspace}/workflows/${name}` }
    return { status: 201, body: { name }, headers }
  },
)

const other = otherMethods('POST')
export { other as GET, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
