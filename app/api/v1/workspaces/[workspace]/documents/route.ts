import { documentQuery, listDocuments } from '#lib/documents/queries.ts'
import { MAX_DOCUMENT_BYTES } from '#lib/documents/states.ts'
import { uploadDocument, uploadQuery } from '#lib/documents/upload.ts'
import { documentList, uploadedDocument } from '#app/_server/document-schemas.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { bodyParts, declaredLength } from '#app/_server/request-body.ts'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'

/** 25 MB over a line of a megabit a second take 200 s. */
const UPLOAD_MS = 300_000

export const GET = defineRoute(
  {
    name: 'listDocuments',
    summary: 'Documents, newest first.',
    action: 'document.read',
    params: workspaceParams,
    query: documentQuery,
    responses: { 200: documentList },
  },
  async ({ query, inWorkspace }) => ({ status: 200, body: await inWorkspace((ctx) => listDocuments(ctx, query)) }),
)

export const POST = defineRoute(
  {
    name: 'uploadDocument',
    summary:
      'Uploads a file of at most 25 MB: the body is the file as it is, its name goes into the address. 201 for a new document, 200 when the same bytes are here already. The text is read afterwards: ask until it is ready or rejected.',
    action: 'document.upload',
    params: workspaceParams,
    query: uploadQuery,
    maxBytes: MAX_DOCUMENT_BYTES,
    deadlineMs: UPLOAD_MS,
    responses: { 200: uploadedDocument, 201: uploadedDocument },
  },
  async ({ request, params, query, inWorkspace }) => {
    const uploaded = await uploadDocument(inWorkspace, {
      ...query,
      bytes: bodyParts(request),
      length: declaredLength(request.headers),
    })
    return {
      status: uploaded.duplicate ? 200 : 201,
      body: uploaded,
      headers: { Location: `/api/v1/workspaces/${params.workspace}/documents/${uploaded.id}` },
    }
  },
)

const other = otherMethods('GET', 'POST')
export { other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
