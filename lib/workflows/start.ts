// Starts a run: its text, its steps and the tasks of those that need no other, in the caller's transaction, all or none.
import { createHash } from 'node:crypto'
import { v7 as newId } from 'uuid'
import type { z } from 'zod'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { texts } from '#lib/db/schema.ts'
import { runs, steps } from '#lib/db/workflow-schema.ts'
import { type FieldIssue, InvalidInput, NotFound } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import { type Idempotency, keepKeyOfRun, replayed } from '#lib/tasks/idempotency.ts'
import { checkInput } from '#lib/tasks/input.ts'
import { previewOf, titleOf } from '#lib/tasks/title.ts'
import { advanceRuns } from './advance.ts'
import { workflowNamed } from './catalogue.ts'
import type { WorkflowDefinition } from './definition.ts'
import { type StartRequest, startRequest } from './requests.ts'

export type Started = { id: string; replayed: boolean }

/** @throws Forbidden; InvalidInput with the field's path, such as `options.translator.targetLanguage`. */
export async function startRun(ctx: Ctx, request: StartRequest, idempotency?: Idempotency): Promise<Started> {
  requireAccess(ctx, 'run.start')
  const known = idempotency ? await replayed(ctx, idempotency) : null
  if (known) return { id: known, replayed: true }
  const parsed = startRequest.safeParse(request)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const id = await beginRun(ctx, findWorkflow(parsed.data.workflow), parsed.data)
  if (idempotency) await keepKeyOfRun(ctx, idempotency, id)
  return { id, replayed: false }
}

/** A run of exactly this definition. The caller has checked who asks. @returns its id */
export async function beginRun(ctx: Ctx, workflow: WorkflowDefinition, request: Checked): Promise<string> {
  const { input, engine, priority, title, options = {} } = request
  const stepOptions = checkOptions(workflow, input.text, options)
  const { tx, workspaceId, actor } = ctx
  const id = newId()
  const sha256 = createHash('sha256').update(input.text).digest()
  await tx.insert(texts).values({ workspaceId, sha256, body: input.text }).onConflictDoNothing()
  await tx.insert(runs).values({
    id,
    workspaceId,
    workflow: workflow.name,
    definition: workflow,
    title: title ?? titleOf(input.text),
    textSha256: sha256,
    preview: previewOf(input.text),
    engine,
    priority,
    actor,
    submittedBy: actor.kind === 'user' ? actor.id : null,
    apiKeyId: actor.kind === 'key' ? actor.id : null,
  })
  await tx.insert(steps).values(
    workflow.steps.map(({ name }) => ({
      workspaceId,
      runId: id,
      name,
      options: stepOptions.get(name) ?? {},
    })),
  )
  await advanceRuns(ctx, [id])
  return id
}

type Checked = Omit<z.output<typeof startRequest>, 'workflow'>

function findWorkflow(name: string): WorkflowDefinition {
  try {
    return workflowNamed(name)
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    throw new InvalidInput([{ path: 'workflow', message: `There is no workflow named ${JSON.stringify(name)}.` }])
  }
}

/** Each step's options with their defaults filled in. */
function checkOptions(
  { steps: list }: WorkflowDefinition,
  text: string,
  given: Record<string, Record<string, unknown>>,
): Map<string, Record<string, unknown>> {
  const names = new Set(list.map(({ name }) => name))
  const issues: FieldIssue[] = Object.keys(given)
    .filter((name) => !names.has(name))
    .map((name) => ({ path: `options.${name}`, message: 'The workflow has no step of this name.' }))
  const checked = new Map<string, Record<string, unknown>>()
  for (const { name, worker } of list)
    try {
      checked.set(name, checkInput(worker, { ...given[name], text }).options)
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error
      for (const { path, message } of error.issues)
        issues.push({ path: path.replace(/^input/, `options.${name}`), message })
    }
  if (issues.length > 0) throw new InvalidInput(issues)
  return checked
}
