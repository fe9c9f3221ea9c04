import { z } from 'zod'
import { revokeApiKey } from '#lib/access/keys.ts'
import { apiKey } from '#app/_server/response-schemas.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'

export const DELETE = defineRoute(
  {
    name: 'revokeApiKey',
    summary: 'Revokes an API key at once. Tasks that it has submitted go on.',
    action: 'key.change',
    params: itemParams,
    noun: 'This API key',
    body: z.strictObject({}),
    responses: { 200: apiKey },
  },
  async ({ params, inWorkspace }) => ({ status: 200, body: await inWorkspace((ctx) => revokeApiKey(ctx, params.id)) }),
)

const other = otherMethods('DELETE')
export { other as GET, other as POST, other as PUT, other as PATCH, other as OPTIONS }
