'use server'

import { createHash } from 'node:crypto'
import { z } from 'zod'
import { defineWorkspaceAction } from '#app/_server/action.ts'
import { runPlan, savePlan } from '#lib/plans/carry-out.ts'
import { changePlan } from '#lib/plans/change.ts'
import { createPlan } from '#lib/plans/create.ts'
import { getPlan } from '#lib/plans/read.ts'
import { changeRequest, planId, planRequest, runPlanRequest, savePlanRequest } from '#lib/plans/requests.ts'

const newPlan = z.strictObject({ request: planRequest, idempotencyKey: z.string() })

export const startNewPlan = defineWorkspaceAction(newPlan, async (ctx, { request, idempotencyKey }) => {
  const { task } = await createPlan(ctx, request, identity('plan form', idempotencyKey, request))
  return { id: task.id }
})

export const changeThisPlan = defineWorkspaceAction(
  z.strictObject({ id: planId, request: changeRequest }),
  async (ctx, { id, request }) => {
    await changePlan(ctx, id, request)
    return getPlan(ctx, id)
  },
)

const run = z.strictObject({ id: planId, request: runPlanRequest, idempotencyKey: z.string() })

export const runThisPlan = defineWorkspaceAction(run, async (ctx, { id, request, idempotencyKey }) => {
  const started = await runPlan(ctx, id, request, identity('plan run', idempotencyKey, { id, request }))
  return { id: started.id }
})

export const saveThisPlan = defineWorkspaceAction(
  z.strictObject({ id: planId, request: savePlanRequest }),
  async (ctx, { id, request }) => ({ name: await savePlan(ctx, id, request) }),
)

function identity(route: string, key: string, request: unknown) {
  return { key, route, bodyHash: createHash('sha256').update(JSON.stringify(request)).digest() }
}
