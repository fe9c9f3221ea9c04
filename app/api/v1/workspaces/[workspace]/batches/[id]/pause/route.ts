import { pauseBatch } from '#lib/batches/pause.ts'
import { defineBatchChange } from '#app/_server/change-batch.ts'
import { otherMethods } from '#app/_server/other-methods.ts'

export const POST = defineBatchChange(
  'pauseBatch',
  'Pauses a batch: what runs finishes, no other item starts.',
  pauseBatch,
)

const other = otherMethods('POST')
export { other as GET, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
