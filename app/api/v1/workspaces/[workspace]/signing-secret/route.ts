import { showSigningSecret } from '#lib/deliveries/signing.ts'
import { signingSecret } from '#app/_server/delivery-schemas.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'

export const GET = defineRoute(
  {
    name: 'getSigningSecret',
    summary: 'The secret that calls of this workspace are signed with (Standard Webhooks), for whoever receives them.',
    action: 'secret.read',
    params: workspaceParams,
    responses: { 200: signingSecret },
  },
  async ({ inWorkspace }) => ({ status: 200, body: await inWorkspace(showSigningSecret) }),
)

const other = otherMethods('GET')
export { other as POST, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
