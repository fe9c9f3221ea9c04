import { z } from 'zod'
import { taskSummary } from '#app/_server/response-schemas.ts'
import { defineRoute, workspaceParams } from '#app/_server/route.ts'
import { BLOCK_REASONS } from '#lib/tasks/states.ts'
import { readHome } from '../read-home.ts'

const count = z.number().int()
const homeState = z.strictObject({
  at: z.string(),
  alive: z.boolean(),
  modelOn: z.boolean(),
  attention: z.strictObject({
    failed: z.array(
      z.strictObject({
        worker: z.string(),
        code: z.string(),
        message: z.string(),
        count,
        acceptedFrom: z.string(),
        firstAt: z.string(),
        lastAt: z.string(),
        newest: z.strictObject({ id: z.uuid(), title: z.string() }),
      }),
    ),
    blocked: z.array(
      z.strictObject({
        reason: z.enum(BLOCK_REASONS),
        workers: z.array(z.string()),
        count,
        sinceAt: z.string(),
        newestId: z.uuid(),
      }),
    ),
  }),
  decisions: z.strictObject({
    count,
    oldest: z.array(
      z.strictObject({
        runId: z.uuid(),
        step: z.string(),
        question: z.string(),
        title: z.string(),
        sinceAt: z.string(),
      }),
    ),
  }),
  running: z.array(taskSummary),
  open: z.strictObject({ count, exact: z.boolean() }),
  mine: z.array(taskSummary),
  today: z.strictObject({
    completed: count,
    failed: count,
    failedFrom: z.string().nullable(),
    slots: count,
    busy: count,
    waiting: count,
  }),
  steps: z.strictObject({
    sample: z.boolean(),
    ownText: z.boolean(),
    key: z.boolean().nullable(),
    model: z.boolean().nullable(),
  }),
})

export const GET = defineRoute(
  {
    name: 'getHome',
    summary: 'What Home shows: what needs a person, what runs, what is recent, today in numbers.',
    action: 'task.read',
    params: workspaceParams,
    responses: { 200: homeState },
  },
  async ({ inWorkspace }) => ({ status: 200, body: await inWorkspace(readHome) }),
)
