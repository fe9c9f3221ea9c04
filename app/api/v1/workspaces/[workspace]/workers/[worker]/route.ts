import { z } from 'zod'
import { setSlots } from '#lib/pools/set-slots.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'

export const PATCH = defineRoute(
  {
    name: 'setWorkerSlots',
    summary: 'Changes how many tasks of this worker each process runs at once, for the whole instance. Operators only.',
    action: 'pool.change',
    params: workspaceParams.extend({ worker: z.string().max(100) }),
    noun: 'This worker',
    body: z.strictObject({ slots: z.number().int().min(0).max(256) }),
    responses: { 200: z.strictObject({ worker: z.string(), slots: z.number() }) },
  },
  async ({ params: { worker }, body: { slots }, inWorkspace }) => {
    await inWorkspace((ctx) => setSlots(ctx, worker, slots))
    return { status: 200, body: { worker, slots } }
  },
)

const other = otherMethods('PATCH')
export { other as GET, other as POST, other as PUT, other as DELETE, other as OPTIONS }
