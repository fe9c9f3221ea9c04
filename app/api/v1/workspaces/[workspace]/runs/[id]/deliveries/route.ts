import { listDeliveries } from '#lib/deliveries/queries.ts'
import { deliveryList } from '#app/_server/delivery-schemas.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'

export const GET = defineRoute(
  {
    name: 'listRunDeliveries',
    summary: 'The calls to other servers that the steps of a run have made, with each attempt.',
    action: 'run.read',
    params: itemParams,
    noun: 'The run',
    responses: { 200: deliveryList },
  },
  async ({ params, inWorkspace }) => ({
    status: 200,
    body: { items: await inWorkspace((ctx) => listDeliveries(ctx, params.id)) },
  }),
)

const other = otherMethods('GET')
export { other as POST, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
