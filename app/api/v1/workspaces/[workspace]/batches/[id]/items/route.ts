import { listItems } from '#lib/batches/list-items.ts'
import { itemQuery } from '#lib/batches/requests.ts'
import { itemPage } from '#app/_server/batch-schemas.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'

export const GET = defineRoute(
  {
    name: 'listItems',
    summary: 'Items of a batch in the order of its rows, from the one behind `after` on, perhaps of one state only.',
    action: 'batch.read',
    params: itemParams,
    query: itemQuery,
    noun: 'The batch',
    responses: { 200: itemPage },
  },
  async ({ params, query, inWorkspace }) => ({
    status: 200,
    body: await inWorkspace((ctx) => listItems(ctx, params.id, query)),
  }),
)

const other = otherMethods('GET')
export { other as POST, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
