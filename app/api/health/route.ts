import { z } from 'zod'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute } from '#app/_server/route.ts'

export const GET = defineRoute(
  {
    name: 'getHealth',
    summary: 'Whether the web process is alive. Asks nothing else, so it answers while the database is away.',
    action: null,
    responses: { 200: z.strictObject({ status: z.literal('ok') }) },
  },
  async () => ({ status: 200, body: { status: 'ok' } }),
)

const other = otherMethods('GET')
export { other as POST, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
