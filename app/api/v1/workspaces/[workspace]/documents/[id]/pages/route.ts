import { listPages, pageRange } from '#lib/documents/queries.ts'
import { documentPages } from '#app/_server/document-schemas.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'

export const GET = defineRoute(
  {
    name: 'listDocumentPages',
    summary: 'The text of a ready document by page, at most 50 pages at once, each with its place in the whole text.',
    action: 'document.read',
    params: itemParams,
    noun: 'The document',
    query: pageRange,
    responses: { 200: documentPages },
  },
  async ({ params, query, inWorkspace }) => ({
    status: 200,
    body: { items: await inWorkspace((ctx) => listPages(ctx, params.id, query)) },
  }),
)

const other = otherMethods('GET')
export { other as POST, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
