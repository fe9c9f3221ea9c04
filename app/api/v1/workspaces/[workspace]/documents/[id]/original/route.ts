import { getDocument } from '#lib/documents/queries.ts'
import { postgresStore } from '#lib/documents/store.ts'
import { attachment } from '#app/_server/attachment.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'

/** No browser shows it: what somebody has uploaded is never a page of ours. */
const MEDIA_TYPE = 'application/octet-stream'

export const GET = defineRoute(
  {
    name: 'getDocumentOriginal',
    summary: 'The file as it was uploaded.',
    action: 'document.read',
    params: itemParams,
    noun: 'The document',
    responses: { 200: MEDIA_TYPE },
  },
  async ({ params, inWorkspace }) => {
    const { document, workspaceId } = await inWorkspace(async (ctx) => ({
      document: await getDocument(ctx, params.id),
      workspaceId: ctx.workspaceId,
    }))
    const store = postgresStore(workspaceId, (work) => inWorkspace((ctx) => work(ctx.tx)))
    return new Response(streamOf(store.get(document.id), document.size), {
      headers: {
        'Content-Type': MEDIA_TYPE,
        'Content-Length': String(document.size),
        'Content-Disposition': attachment(document.name),
      },
    })
  },
)

/** The next piece is read when the one before has left. What is deleted meanwhile breaks off: never half a file. */
function streamOf(pieces: AsyncGenerator<Uint8Array>, size: number): ReadableStream<Uint8Array> {
  let left = size
  return new ReadableStream({
    pull: async (controller) => {
      const next = await pieces.next()
      if (next.done) return left === 0 ? controller.close() : controller.error(new Error('The document is gone.'))
      left -= next.value.byteLength
      controller.enqueue(next.value)
    },
    cancel: async () => {
      await pieces.return(undefined)
    },
  })
}

const other = otherMethods('GET')
export { other as POST, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
