import { z } from 'zod'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'
import { readPulse } from './read-pulse.ts'

const count = z.number().int()
const pulse = z.strictObject({
  slots: z.strictObject({ slots: count, busy: count, waiting: count, processes: count, alive: z.boolean() }),
  open: count,
})

export const GET = defineRoute(
  {
    name: 'getPulse',
    summary: 'What the frame of every page asks for now and then: slots and open tasks.',
    action: 'task.read',
    params: workspaceParams,
    responses: { 200: pulse },
  },
  async ({ inWorkspace }) => ({ status: 200, body: await inWorkspace(readPulse) }),
)
