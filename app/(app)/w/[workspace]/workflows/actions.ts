'use server'

import { createHash } from 'node:crypto'
import { z } from 'zod'
import { defineWorkspaceAction } from '#app/_server/action.ts'
import { decide, decisionRequest } from '#lib/workflows/approvals.ts'
import { cancelRun } from '#lib/workflows/cancel.ts'
import { getRunBoard } from '#lib/workflows/queries.ts'
import { stepName } from '#lib/workflows/definition.ts'
import type { Draft } from '#lib/workflows/draft/read.ts'
import { rerunFrom, rerunRequest } from '#lib/workflows/rerun.ts'
import { runId, startRequest } from '#lib/workflows/requests.ts'
import { skipStep } from '#lib/workflows/skip.ts'
import { startRun } from '#lib/workflows/start.ts'
import { createRequest, createWorkflow, saveDraft, saveRequest } from '#lib/workflows/stored/drafts.ts'
import { checkImport, importFile, importRequest, importWorkflow } from '#lib/workflows/stored/import.ts'
import { publishRequest, publishWorkflow } from '#lib/workflows/stored/publish.ts'
import { getWorkflow } from '#lib/workflows/stored/queries.ts'
import { testRequest, testStep } from '#lib/workflows/stored/step-test.ts'
import { usedOutputs } from '#lib/workflows/stored/used-outputs.ts'

const input = z.strictObject({ request: startRequest, idempotencyKey: z.string() })

export const startNewRun = defineWorkspaceAction(input, async (ctx, { request, idempotencyKey }) => {
  const bodyHash = createHash('sha256').update(JSON.stringify(request)).digest()
  const { id } = await startRun(ctx, request, { key: idempotencyKey, route: 'run form', bodyHash })
  return { id }
})

export const cancelThisRun = defineWorkspaceAction(z.strictObject({ id: runId }), async (ctx, { id }) => {
  await cancelRun(ctx, id)
  return getRunBoard(ctx, id)
})

const decision = z.strictObject({ id: runId, step: stepName, request: decisionRequest })

export const decideInRun = defineWorkspaceAction(decision, async (ctx, { id, step, request }) => {
  await decide(ctx, id, step, request)
  return getRunBoard(ctx, id)
})

export const skipThisStep = defineWorkspaceAction(
  z.strictObject({ id: runId, step: stepName }),
  async (ctx, { id, step }) => {
    await skipStep(ctx, id, step)
    return getRunBoard(ctx, id)
  },
)

const rerun = z.strictObject({ id: runId, request: rerunRequest, idempotencyKey: z.string() })

export const rerunThisFrom = defineWorkspaceAction(rerun, async (ctx, { id, request, idempotencyKey }) => {
  const bodyHash = createHash('sha256').update(JSON.stringify({ id, request })).digest()
  const started = await rerunFrom(ctx, id, request, { key: idempotencyKey, route: 'rerun form', bodyHash })
  return { id: started.id }
})

export const createThisWorkflow = defineWorkspaceAction(createRequest, async (ctx, request) => ({
  name: await createWorkflow(ctx, request),
}))

/** What is wrong in it comes back with it, and what the workflows put out that it uses. */
export const saveThisDraft = defineWorkspaceAction(
  z.strictObject({ name: stepName, request: saveRequest }),
  async (ctx, { name, request }) => {
    const { revision } = await saveDraft(ctx, name, request)
    const { issues, draft } = await getWorkflow(ctx, name)
    return { revision, issues, outputs: await usedOutputs(ctx, draft as Draft) }
  },
)

export const publishThisWorkflow = defineWorkspaceAction(
  z.strictObject({ name: stepName, request: publishRequest }),
  (ctx, { name, request }) => publishWorkflow(ctx, name, request),
)

export const checkThisImport = defineWorkspaceAction(importFile, checkImport)

export const importThisWorkflow = defineWorkspaceAction(importRequest, importWorkflow)

const stepTest = z.strictObject({ name: stepName, step: stepName, request: testRequest, idempotencyKey: z.string() })

export const testThisStep = defineWorkspaceAction(stepTest, (ctx, { name, step, request, idempotencyKey }) => {
  const bodyHash = createHash('sha256').update(JSON.stringify({ name, step, request })).digest()
  return testStep(ctx, { workflow: name, step }, request, { key: idempotencyKey, route: 'test form', bodyHash })
})
