import { filesRequest } from '#lib/batches/requests.ts'
import { startFiles } from '#lib/batches/start-files.ts'
import { changedBatch, sameBatch } from '#app/_server/batch-schemas.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'
import { startReply } from '#app/_server/start-batch-reply.ts'

export const POST = defineRoute(
  {
    name: 'startFiles',
    summary:
      'Starts a worker or workflow for each of up to 1,000 documents of the workspace, each as soon as its text is read. The same batch again is refused with its id, unless again is true.',
    action: 'batch.start',
    params: workspaceParams,
    body: filesRequest,
    idempotent: true,
    responses: { 201: changedBatch, 409: sameBatch },
  },
  async ({ params, body, requestId, idempotency, inWorkspace }) =>
    startReply({ params, requestId, inWorkspace }, (ctx) => startFiles(ctx, body, idempotency)),
)

const other = otherMethods('POST')
export { other as GET, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
