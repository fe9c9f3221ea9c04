import { z } from 'zod'
import { changePlan } from '#lib/plans/change.ts'
import { getPlan } from '#lib/plans/read.ts'
import { changeRequest } from '#lib/plans/requests.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { planDetail } from '#app/_server/plan-schemas.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'

export const GET = defineRoute(
  {
    name: 'getPlan',
    summary: 'A plan: what was proposed and why, what was changed in it, what is wrong, and its runs.',
    action: 'task.read',
    params: itemParams,
    noun: 'The plan',
    responses: { 200: planDetail },
  },
  async ({ params, inWorkspace }) => ({ status: 200, body: await inWorkspace((ctx) => getPlan(ctx, params.id)) }),
)

export const PUT = defineRoute(
  {
    name: 'changePlan',
    summary: 'Takes steps out of a plan, brings them back, and sets options. Refused when it was changed meanwhile.',
    action: 'task.submit',
    params: itemParams,
    noun: 'The plan',
    body: changeRequest,
    responses: { 200: z.strictObject({ revision: z.number().int() }) },
  },
  async ({ params, body, inWorkspace }) => ({
    status: 200,
    body: await inWorkspace((ctx) => changePlan(ctx, params.id, body)),
  }),
)

const other = otherMethods('GET', 'PUT')
export { other as POST, other as PATCH, other as DELETE, other as OPTIONS }
