import { z } from 'zod'
import { readiness } from '#lib/pools/readiness.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute } from '#app/_server/route.ts'
import { openedDatabase } from '#app/_server/server.ts'

const checks = z.strictObject({ database: z.boolean(), migrations: z.boolean(), worker: z.boolean() })
const readyState = z.strictObject({ status: z.enum(['ready', 'not_ready']), checks })

export const GET = defineRoute(
  {
    name: 'getReadiness',
    summary: 'Whether tasks are accepted and run: database, migrations and at least one live worker process.',
    action: null,
    responses: { 200: readyState, 503: readyState },
  },
  async () => {
    const found = await readiness(openedDatabase())
    const ready = found.database && found.migrations && found.worker
    return {
      status: ready ? 200 : 503,
      body: { status: ready ? 'ready' : 'not_ready', checks: found },
      headers: ready ? undefined : { 'Retry-After': '5' },
    }
  },
)

const other = otherMethods('GET')
export { other as POST, other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
