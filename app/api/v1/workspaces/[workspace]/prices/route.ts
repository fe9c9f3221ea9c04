import { addPrice } from '#lib/prices/add.ts'
import { readPriceBook } from '#lib/prices/queries.ts'
import { priceRequest } from '#lib/prices/requests.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { priceBook } from '#app/_server/price-schemas.ts'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'

export const GET = defineRoute(
  {
    name: 'getPrices',
    summary:
      'The price book: what the tokens of each model cost, from when on, in millionths of a US dollar a million.',
    action: 'price.read',
    params: workspaceParams,
    responses: { 200: priceBook },
  },
  async ({ inWorkspace }) => ({ status: 200, body: await inWorkspace(readPriceBook) }),
)

export const POST = defineRoute(
  {
    name: 'addPrice',
    summary: 'Adds the price of a model, from now or a later time on. Prices are never changed: the next one follows.',
    action: 'price.change',
    params: workspaceParams,
    body: priceRequest,
    responses: { 201: priceBook },
  },
  async ({ body, inWorkspace }) => ({
    status: 201,
    body: await inWorkspace(async (ctx) => {
      await addPrice(ctx, body)
      return readPriceBook(ctx)
    }),
  }),
)

const other = otherMethods('GET', 'POST')
export { other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
