import { z } from 'zod'
import { deleteDocument } from '#lib/documents/delete.ts'
import { getDocument } from '#lib/documents/queries.ts'
import { documentSummary } from '#app/_server/document-schemas.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'

export const GET = defineRoute(
  {
    name: 'getDocument',
    summary: 'A document: whether its text is ready, else why not, and what the file says about itself.',
    action: 'document.read',
    params: itemParams,
    noun: 'The document',
    responses: { 200: documentSummary },
  },
  async ({ params, inWorkspace }) => ({ status: 200, body: await inWorkspace((ctx) => getDocument(ctx, params.id)) }),
)

export const DELETE = defineRoute(
  {
    name: 'deleteDocument',
    summary: 'Removes the file and its text at once and for good. Tasks keep the text that they were given.',
    action: 'document.delete',
    params: itemParams,
    noun: 'The document',
    body: z.strictObject({}),
    responses: { 204: null },
  },
  async ({ params, inWorkspace }) => {
    await inWorkspace((ctx) => deleteDocument(ctx, params.id))
    return { status: 204 }
  },
)

const other = otherMethods('GET', 'DELETE')
export { other as POST, other as PUT, other as PATCH, other as OPTIONS }
