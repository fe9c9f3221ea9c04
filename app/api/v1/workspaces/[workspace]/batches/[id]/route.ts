import { getBatch } from '#lib/batches/queries.ts'
import { batchDetail } from '#app/_server/batch-schemas.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'

export const GET = defineRoute(
  {
    name: 'getBatch',
    summary:
      'A batch with where each of its items stands: `cells` has a letter for each, in order (failed f, blocked b, in progress i, pending p, not yet n, completed c, cancelled x).',
    action: 'batch.read',
    params: itemParams,
    noun: 'The batch',
    responses: { 200: batchDetail },
  },
  async ({ params, inWorkspace }) => ({ status: 200, body: await inWorkspace((ctx) => getBatch(ctx, params.id)) }),
)

const other = otherMethods('GET')
export { other as POST, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
