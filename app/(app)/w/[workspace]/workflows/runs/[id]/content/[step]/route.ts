import { defineRoute, itemParams } from '#app/_server/route.ts'
import { stepContent } from '#app/_server/run-schemas.ts'
import { stepName } from '#lib/workflows/definition.ts'
import { getStepContent } from '#lib/workflows/queries.ts'

export const GET = defineRoute(
  {
    name: 'getStepContent',
    summary: 'What one step of a run has made, its items, and what it asks of a person.',
    action: 'run.read',
    params: itemParams.extend({ step: stepName }),
    noun: 'The step',
    responses: { 200: stepContent },
  },
  async ({ params, inWorkspace }) => ({
    status: 200,
    body: await inWorkspace((ctx) => getStepContent(ctx, params.id, params.step)),
  }),
)
