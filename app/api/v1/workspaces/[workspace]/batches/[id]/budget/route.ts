import { setBatchBudget } from '#lib/batches/set-budget.ts'
import { budgetRequest } from '#lib/budgets/requests.ts'
import { changedBatch } from '#app/_server/batch-schemas.ts'
import { batchFor } from '#app/_server/change-batch.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'

export const PUT = defineRoute(
  {
    name: 'setBatchBudget',
    summary:
      'Sets what a batch may cost, in millionths of a US dollar, or takes the cap off with null. What waits for room goes on by itself; below what is spent and reserved, no other call starts.',
    action: 'batch.change',
    params: itemParams,
    noun: 'The batch',
    body: budgetRequest,
    responses: { 200: changedBatch },
  },
  async ({ params, body, inWorkspace }) => ({
    status: 200,
    body: await inWorkspace(async (ctx) => {
      await setBatchBudget(ctx, params.id, body)
      return batchFor(ctx, params.id)
    }),
  }),
)

const other = otherMethods('PUT')
export { other as GET, other as POST, other as PATCH, other as DELETE, other as OPTIONS }
