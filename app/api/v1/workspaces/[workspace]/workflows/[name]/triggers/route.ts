import { createTrigger } from '#lib/triggers/change.ts'
import { listTriggers, readTrigger } from '#lib/triggers/queries.ts'
import { newTrigger } from '#lib/triggers/shapes.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute } from '#app/_server/route.ts'
import { madeTrigger, triggerList } from '#app/_server/trigger-schemas.ts'
import { workflowParams } from '#app/_server/workflow-schemas.ts'

export const GET = defineRoute(
  {
    name: 'listTriggers',
    summary: 'What starts a workflow by itself, each with its next times and what it started last.',
    action: 'run.read',
    params: workflowParams,
    noun: 'The workflow',
    responses: { 200: triggerList },
  },
  async ({ params, inWorkspace }) => ({
    status: 200,
    body: { items: await inWorkspace((ctx) => listTriggers(ctx, params.name)) },
  }),
)

export const POST = defineRoute(
  {
    name: 'createTrigger',
    summary: 'Lets a schedule, an inbound call, a new document or the end of a task start a workflow.',
    action: 'trigger.change',
    params: workflowParams,
    noun: 'The workflow',
    body: newTrigger,
    responses: { 201: madeTrigger },
  },
  async ({ params, body, inWorkspace }) => ({
    status: 201,
    body: await inWorkspace(async (ctx) => {
      const { id, secret } = await createTrigger(ctx, params.name, body)
      return { trigger: await readTrigger(ctx, id), secret }
    }),
  }),
)

const other = otherMethods('GET', 'POST')
export { other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
