import { stepName } from '#lib/workflows/definition.ts'
import { pinsQuery, stepPins } from '#lib/workflows/stored/step-pins.ts'
import { testRequest, testStep } from '#lib/workflows/stored/step-test.ts'
import { otherMethods } from '#app/_server/other-methods.ts'
import { defineRoute } from '#app/_server/route.ts'
import { stepPinsSchema, stepTrial, workflowParams } from '#app/_server/workflow-schemas.ts'

const params = workflowParams.extend({ step: stepName })

export const GET = defineRoute(
  {
    name: 'getStepPins',
    summary:
      'What a step of a draft can be tried with: a text, and an output for each earlier step that it reads, from a run or as an example.',
    action: 'run.read',
    params,
    query: pinsQuery,
    noun: 'The step',
    responses: { 200: stepPinsSchema },
  },
  async ({ params: { name, step }, query, inWorkspace }) => ({
    status: 200,
    body: await inWorkspace((ctx) => stepPins(ctx, { workflow: name, step }, query)),
  }),
)

export const POST = defineRoute(
  {
    name: 'testStep',
    summary:
      'Tries one step of a draft as it is saved. Work of a worker becomes a task, with the tag "test", that costs what any task costs; conditions, joins and checks are computed at once; no server is called, nobody is asked, and no other workflow starts.',
    action: 'task.submit',
    params,
    noun: 'The step',
    body: testRequest,
    maxBytes: 2_000_000,
    idempotent: true,
    responses: { 200: stepTrial },
  },
  async ({ params: { name, step }, body, idempotency, inWorkspace }) => ({
    status: 200,
    body: await inWorkspace((ctx) => testStep(ctx, { workflow: name, step }, body, idempotency)),
  }),
)

const other = otherMethods('GET', 'POST')
export { other as PUT, other as PATCH, other as DELETE, other as OPTIONS }
