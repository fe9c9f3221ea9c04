// A step that calls a server of somebody's: puts the call down and waits for its answer.
import type { Tx } from '#lib/db/client.ts'
import { putDelivery } from '#lib/deliveries/send.ts'
import { failure, type StepOutcome } from './control.ts'
import type { StepDefinition } from './definition.ts'
import type { LockedRun } from './locked-run.ts'
import type { Values } from './mapping.ts'
import { readPath } from './paths.ts'

type WebhookStep = Extract<StepDefinition, { kind: 'webhook' }>

const MAX_BODY = 1_000_000

/** The form that Standard Webhooks proposes: a type, a time, and the data. */
export async function putCall(tx: Tx, run: LockedRun, step: WebhookStep, values: Values): Promise<StepOutcome> {
  const { name, url } = step
  const body = JSON.stringify({
    type: 'workflow.step',
    timestamp: new Date().toISOString(),
    data: {
      run: run.id,
      workflow: run.definition.name,
      step: name,
      title: run.title,
      body: readPath(values, step.body) ?? null,
    },
  })
  if (body.length > MAX_BODY)
    return failure(
      name,
      'too_large',
      `"${step.body}" is larger than 1 MB, the most that is sent.`,
      'Send a smaller part of it.',
    )
  await putDelivery(tx, { workspaceId: run.workspace_id, runId: run.id, step: name, url, body })
  return { name, status: 'in_progress' }
}
