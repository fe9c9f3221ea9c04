import { exportQuery } from '#lib/batches/requests.ts'
import { attachment } from '#app/_server/attachment.ts'
import { BATCH_MEDIA_TYPES, exportBatch } from '#app/_server/batch-export.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'

export const GET = defineRoute(
  {
    name: 'exportBatch',
    summary:
      'The rows of a batch with what came out, also while it is running: CSV for spreadsheets, JSON Lines with whole results, or a ZIP archive with a file for each result.',
    action: 'batch.read',
    params: itemParams,
    query: exportQuery,
    noun: 'The batch',
    responses: { 200: BATCH_MEDIA_TYPES.csv },
  },
  async ({ params, query: { format }, inWorkspace }) => {
    const { batch, body } = await exportBatch(inWorkspace, params.id, format)
    const name = `${batch.name}${batch.finishedAt === null ? '-partial' : ''}.${format}`
    return new Response(body, {
      headers: { 'Content-Type': BATCH_MEDIA_TYPES[format], 'Content-Disposition': attachment(name) },
    })
  },
)

const other = otherMethods('GET')
export { other as POST, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
