import { resumeBatch } from '#lib/batches/resume.ts'
import { defineBatchChange } from '#app/_server/change-batch.ts'
import { otherMethods } from '#app/_server/other-methods.ts'

export const POST = defineBatchChange('resumeBatch', 'Lets a paused batch go on.', resumeBatch)

const other = otherMethods('POST')
export { other as GET, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
