import { cancelBatch } from '#lib/batches/cancel.ts'
import { defineBatchChange } from '#app/_server/change-batch.ts'
import { otherMethods } from '#app/_server/other-methods.ts'

export const POST = defineBatchChange(
  'cancelBatch',
  'Cancels what is open of a batch; what has ended keeps its result.',
  cancelBatch,
)

const other = otherMethods('POST')
export { other as GET, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
