import { z } from 'zod'
import { receiveCall } from '#lib/triggers/receive.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { readBytes } from '#app/_server/request-body.ts'
import { defineRoute } from '#app/_server/route.ts'
import { database, queue } from '#app/_server/server.ts'
import { fired } from '#app/_server/trigger-schemas.ts'

const MAX_BYTES = 1_000_000

export const POST = defineRoute(
  {
    name: 'receiveWebhook',
    summary: 'Starts a workflow for whoever knows the secret of its webhook, once for each webhook-id.',
    action: null,
    params: z.object({ hook: z.string() }),
    noun: 'This webhook',
    responses: { 202: fired, 200: fired, 422: fired },
  },
  async ({ request, params }) => {
    const body = new TextDecoder().decode(await readBytes(request, MAX_BYTES))
    const outcome = await receiveCall({ db: database(), queue: await queue() }, params.hook, {
      headers: request.headers,
      body,
    })
    return { status: outcome.reason !== null ? 422 : outcome.replayed ? 200 : 202, body: outcome }
  },
)

const other = otherMethods('POST')
export { other as GET, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
