import { createApiKey, listApiKeys, newKey } from '#lib/access/keys.ts'
import { apiKeyList, createdApiKey } from '#app/_server/response-schemas.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'

export const GET = defineRoute(
  {
    name: 'listApiKeys',
    summary: "The workspace's API keys. Secrets are not kept, so they are not here.",
    action: 'key.read',
    params: workspaceParams,
    responses: { 200: apiKeyList },
  },
  async ({ inWorkspace }) => ({ status: 200, body: { items: await inWorkspace(listApiKeys) } }),
)

export const POST = defineRoute(
  {
    name: 'createApiKey',
    summary: 'Creates an API key. The answer is the only place where its secret is ever shown.',
    action: 'key.change',
    params: workspaceParams,
    body: newKey,
    responses: { 201: createdApiKey },
  },
  async ({ body, inWorkspace }) => ({ status: 201, body: await inWorkspace((ctx) => createApiKey(ctx, body)) }),
)

const other = otherMethods('GET', 'POST')
export { other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
