import { z } from 'zod'
import { may } from '#lib/access/policy.ts'
import { createPlan } from '#lib/plans/create.ts'
import { getPlan } from '#lib/plans/read.ts'
import { planRequest } from '#lib/plans/requests.ts'
import { listTasks } from '#lib/tasks/queries.ts'
import { MAX_PAGE } from '#lib/tasks/requests.ts'
import { planner } from '#lib/workers/planner.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { startedPlan } from '#app/_server/plan-schemas.ts'
import { taskPage } from '#app/_server/response-schemas.ts'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'

const query = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(20),
})

export const GET = defineRoute(
  {
    name: 'listPlans',
    summary: 'Plans as the tasks that make them, newest first.',
    action: 'task.read',
    params: workspaceParams,
    query,
    responses: { 200: taskPage },
  },
  async ({ query: page, inWorkspace }) => ({
    status: 200,
    body: await inWorkspace((ctx) => listTasks(ctx, { ...page, worker: [planner.name] })),
  }),
)

export const POST = defineRoute(
  {
    name: 'createPlan',
    summary:
      'Plans the work on a text for a goal. With an Idempotency-Key it is planned once, however often it is sent within 24 hours.',
    action: 'task.submit',
    params: workspaceParams,
    body: planRequest,
    // The longest text, every character of it escaped, is 1.2 MB.
    maxBytes: 2_000_000,
    idempotent: true,
    responses: { 201: startedPlan },
  },
  async ({ params, body, idempotency, inWorkspace }) => {
    const { id, replayed, plan } = await inWorkspace(async (ctx) => {
      const { task, replayed: again } = await createPlan(ctx, body, idempotency)
      const detail = may(ctx.access, 'run.read') ? await getPlan(ctx, task.id) : { id: task.id }
      return { id: task.id, replayed: again, plan: detail }
    })
    const headers: Record<string, string> = { Location: `/api/v1/workspaces/${params.workspace}/plans/${id}` }
    if (replayed) headers['Idempotent-Replayed'] = 'true'
    return { status: 201, body: plan, headers }
  },
)

const other = otherMethods('GET', 'POST')
export { other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
