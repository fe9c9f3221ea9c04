import { z } from 'zod'
import { workersOverview } from '#app/_server/response-schemas.ts'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'
import { readState } from '../read-state.ts'

const task = { id: z.uuid(), worker: z.string(), title: z.string() }
const taskError = z.looseObject({ code: z.string(), message: z.string() })
const workersState = z.strictObject({
  overview: workersOverview,
  running: z.array(z.strictObject({ ...task, processId: z.number().int(), startedAt: z.string() })),
  setAside: z.array(
    z.strictObject({
      ...task,
      attemptsUsed: z.number().int(),
      suspicion: z.number().int(),
      error: taskError.nullable(),
      finishedAt: z.string().nullable(),
    }),
  ),
})

export const GET = defineRoute(
  {
    name: 'getWorkersState',
    summary: 'Everything the Workers page shows: pools, processes, what runs in them, what was set aside.',
    action: 'worker.read',
    params: workspaceParams,
    responses: { 200: workersState },
  },
  async ({ inWorkspace }) => ({ status: 200, body: await inWorkspace(readState) }),
)
