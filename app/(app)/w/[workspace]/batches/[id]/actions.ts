'use server'

import { z } from 'zod'
import { defineWorkspaceAction } from '#app/_server/action.ts'
import { cancelBatch } from '#lib/batches/cancel.ts'
import { pauseBatch } from '#lib/batches/pause.ts'
import { getBatch } from '#lib/batches/queries.ts'
import { batchId } from '#lib/batches/requests.ts'
import { resumeBatch } from '#lib/batches/resume.ts'
import { retryFailed } from '#lib/batches/retry-failed.ts'
import { setBatchBudget } from '#lib/batches/set-budget.ts'
import { budgetRequest } from '#lib/budgets/requests.ts'

const input = z.strictObject({ id: batchId })

export const pauseThisBatch = defineWorkspaceAction(input, async (ctx, { id }) => {
  await pauseBatch(ctx, id)
  return getBatch(ctx, id)
})

export const resumeThisBatch = defineWorkspaceAction(input, async (ctx, { id }) => {
  await resumeBatch(ctx, id)
  return getBatch(ctx, id)
})

export const cancelThisBatch = defineWorkspaceAction(input, async (ctx, { id }) => {
  await cancelBatch(ctx, id)
  return getBatch(ctx, id)
})

export const retryFailedRows = defineWorkspaceAction(input, async (ctx, { id }) => {
  await retryFailed(ctx, id)
  return getBatch(ctx, id)
})

export const setBudgetOfBatch = defineWorkspaceAction(
  budgetRequest.extend(input.shape),
  async (ctx, { id, ...request }) => {
    await setBatchBudget(ctx, id, request)
    return getBatch(ctx, id)
  },
)
