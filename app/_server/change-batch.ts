// Routes that change a batch differ in their verb alone.
import { may } from '#lib/access/policy.ts'
import { getBatch } from '#lib/batches/queries.ts'
import type { BatchDetail } from '#lib/batches/shapes.ts'
import type { Ctx } from '#lib/context.ts'
import { changedBatch } from './batch-schemas.ts'
import type { Route } from './contract.ts'
import { defineRoute, itemParams } from './route.ts'

export function defineBatchChange(
  name: string,
  summary: string,
  change: (ctx: Ctx, id: string) => Promise<unknown>,
): Route {
  return defineRoute(
    { name, summary, action: 'batch.change', params: itemParams, noun: 'The batch', responses: { 200: changedBatch } },
    async ({ params, inWorkspace }) => ({
      status: 200,
      body: await inWorkspace(async (ctx) => {
        await change(ctx, params.id)
        return batchFor(ctx, params.id)
      }),
    }),
  )
}

/** Whoever may change but not read a batch learns its id alone. */
export async function batchFor(ctx: Ctx, id: string): Promise<BatchDetail | { id: string }> {
  return may(ctx.access, 'batch.read') ? getBatch(ctx, id) : { id }
}
