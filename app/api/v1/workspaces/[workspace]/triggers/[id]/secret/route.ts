import { rotateRequest } from '#lib/deliveries/signing.ts'
import { rotateTriggerSecret } from '#lib/triggers/rotate.ts'
import { signingSecret } from '#app/_server/delivery-schemas.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, itemParams } from '#app/_server/route.ts'

export const POST = defineRoute(
  {
    name: 'rotateTriggerSecret',
    summary:
      'A new secret for an inbound webhook, shown in this answer only. The one before is accepted for 24 hours more, or with endEarlier no more.',
    action: 'trigger.change',
    params: itemParams,
    noun: 'The trigger',
    body: rotateRequest,
    responses: { 200: signingSecret },
  },
  async ({ params, body, inWorkspace }) => ({
    status: 200,
    body: await inWorkspace((ctx) => rotateTriggerSecret(ctx, params.id, body)),
  }),
)

const other = otherMethods('POST')
export { other as GET, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
