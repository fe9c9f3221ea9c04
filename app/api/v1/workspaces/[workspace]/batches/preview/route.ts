import { itemsOf } from '#lib/batches/items.ts'
import { previewOfTable } from '#lib/batches/preview.ts'
import { columnOf, readTable } from '#lib/batches/read-table.ts'
import { tableQuery } from '#lib/batches/requests.ts'
import { MAX_TABLE_BYTES } from '#lib/batches/states.ts'
import { tablePreview } from '#app/_server/batch-schemas.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { readBytes } from '#app/_server/request-body.ts'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'

const UPLOAD_MS = 300_000

export const POST = defineRoute(
  {
    name: 'previewTable',
    summary: 'What a CSV file holds and which of its rows could not be worked on; nothing is stored or started.',
    action: 'batch.start',
    params: workspaceParams,
    query: tableQuery,
    maxBytes: MAX_TABLE_BYTES,
    deadlineMs: UPLOAD_MS,
    responses: { 200: tablePreview },
  },
  async ({ request, query, verify }) => {
    await verify()
    const table = readTable(await readBytes(request, MAX_TABLE_BYTES), query)
    const column = columnOf(table, query.column)
    return { status: 200, body: previewOfTable(table, column, itemsOf(table, column)) }
  },
)

const other = otherMethods('POST')
export { other as GET, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
