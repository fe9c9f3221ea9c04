import { readRows } from '#lib/batches/read-rows.ts'
import { rowsQuery } from '#lib/batches/requests.ts'
import { tableRows } from '#app/_server/batch-schemas.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'

export const GET = defineRoute(
  {
    name: 'readRows',
    summary:
      'Rows of the table that a batch was started with, as they came: all, some (`rows=3,7-9`) or those of one state.',
    action: 'batch.read',
    params: itemParams,
    query: rowsQuery,
    noun: 'The batch',
    responses: { 200: tableRows },
  },
  async ({ params, query, inWorkspace }) => ({
    status: 200,
    body: await inWorkspace((ctx) => readRows(ctx, params.id, query)),
  }),
)

const other = otherMethods('GET')
export { other as POST, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
