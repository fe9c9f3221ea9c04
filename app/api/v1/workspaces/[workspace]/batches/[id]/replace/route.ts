import { replaceFile, replaceRequest } from '#lib/batches/replace-file.ts'
import { changedBatch } from '#app/_server/batch-schemas.ts'
import { batchFor } from '#app/_server/change-batch.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'

export const POST = defineRoute(
  {
    name: 'replaceFile',
    summary: 'Puts a document in the place of a file whose text could not be read: that row alone starts.',
    action: 'batch.change',
    params: itemParams,
    noun: 'The batch',
    body: replaceRequest,
    responses: { 200: changedBatch },
  },
  async ({ params, body, inWorkspace }) => ({
    status: 200,
    body: await inWorkspace(async (ctx) => {
      await replaceFile(ctx, params.id, body)
      return batchFor(ctx, params.id)
    }),
  }),
)

const other = otherMethods('POST')
export { other as GET, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
