'use server'

import { defineWorkspaceAction } from '#app/_server/action.ts'
import { addPrice } from '#lib/prices/add.ts'
import { readPriceBook } from '#lib/prices/queries.ts'
import { priceRequest } from '#lib/prices/requests.ts'

export const addNewPrice = defineWorkspaceAction(priceRequest, async (ctx, request) => {
  await addPrice(ctx, request)
  return readPriceBook(ctx)
})
