import { listUses } from '#lib/documents/used-in.ts'
import { documentUses } from '#app/_server/document-schemas.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'

export const GET = defineRoute(
  {
    name: 'listDocumentUses',
    summary: 'The tasks and runs that were given the text of a document, the newest 100, and how many there are.',
    action: 'document.read',
    params: itemParams,
    noun: 'The document',
    responses: { 200: documentUses },
  },
  async ({ params, inWorkspace }) => ({ status: 200, body: await inWorkspace((ctx) => listUses(ctx, params.id)) }),
)

const other = otherMethods('GET')
export { other as POST, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
