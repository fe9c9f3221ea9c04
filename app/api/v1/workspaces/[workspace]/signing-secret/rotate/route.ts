import { rotateRequest, rotateSigningSecret } from '#lib/deliveries/signing.ts'
import { signingSecret } from '#app/_server/delivery-schemas.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'

export const POST = defineRoute(
  {
    name: 'rotateSigningSecret',
    summary:
      'A new secret for the calls of this workspace. For 24 hours each call is signed with both, or with endEarlier only with the new one.',
    action: 'secret.change',
    params: workspaceParams,
    body: rotateRequest,
    responses: { 200: signingSecret },
  },
  async ({ body, inWorkspace }) => ({
    status: 200,
    body: await inWorkspace((ctx) => rotateSigningSecret(ctx, body)),
  }),
)

const other = otherMethods('POST')
export { other as GET, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
