import { retryFailed } from '#lib/batches/retry-failed.ts'
import { defineBatchChange } from '#app/_server/change-batch.ts'
import { otherMethods } from '#app/_server/other-methods.ts'

export const POST = defineBatchChange(
  'retryFailed',
  'Sends the failed items of a batch back to their queue, and no others.',
  retryFailed,
)

const other = otherMethods('POST')
export { other as GET, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
