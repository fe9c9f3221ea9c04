import { z } from 'zod'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'
import { workerTimes as readTimes } from '#lib/pools/queries.ts'
import type { WorkerTimes } from '#lib/tasks/shapes.ts'

const count = z.number().int()
const workerTimes = z.array(
  z.strictObject({
    worker: z.string(),
    samples: count,
    medianMs: z.number().nullable(),
    p95Ms: z.number().nullable(),
    histogram: z.array(z.strictObject({ fromMs: z.number(), toMs: z.number(), count })),
    waiting: count,
    slots: count,
    free: count,
    startsInMs: z.number().nullable(),
    noWorker: z.boolean(),
  }),
) satisfies z.ZodType<WorkerTimes[]>

export const GET = defineRoute(
  {
    name: 'getWorkerTimes',
    summary: 'How long workers took and what a new task would meet, for the New task form.',
    action: 'task.read',
    params: workspaceParams,
    responses: { 200: workerTimes },
  },
  async ({ inWorkspace }) => ({ status: 200, body: await inWorkspace(readTimes) }),
)
