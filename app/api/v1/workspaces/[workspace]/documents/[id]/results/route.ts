import { listResults, resultsQuery } from '#lib/documents/results.ts'
import { documentResults } from '#app/_server/document-schemas.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'

export const GET = defineRoute(
  {
    name: 'listDocumentResults',
    summary:
      'What a task or a run found in the text of a document, at most 200 results, with places in the document itself.',
    action: 'document.read',
    params: itemParams,
    noun: 'The document',
    query: resultsQuery,
    responses: { 200: documentResults },
  },
  async ({ params, query, inWorkspace }) => ({
    status: 200,
    body: { items: await inWorkspace((ctx) => listResults(ctx, params.id, query)) },
  }),
)

const other = otherMethods('GET')
export { other as POST, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
