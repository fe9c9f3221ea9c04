// Tries one step of a draft as it is saved, with outputs that are pinned for the steps before it. Work of a worker is a
// task like any other, done and paid for by a worker process; what needs no worker is computed at once; a test calls no
// server, asks nobody, waits for nothing and starts no other workflow.
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { stepTests } from '#lib/db/workflow-schema.ts'
import { InvalidInput, NotFound } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import type { Idempotency } from '#lib/tasks/idempotency.ts'
import { ENGINES } from '#lib/tasks/states.ts'
import { submitTask } from '#lib/tasks/submit.ts'
import { documentText } from '#lib/workers/define.ts'
import { carryOut, type StepOutcome } from '../control.ts'
import { stepDefinition, type StepDefinition } from '../definition.ts'
import { textOf, type Values } from '../mapping.ts'
import { readPath } from '../paths.ts'
import { type ReadyTask, workOf } from '../work.ts'
import type { ShownStep, StepTrial } from './shapes.ts'

export const testRequest = z.strictObject({
  input: z.strictObject({ text: documentText, title: z.string().trim().max(200).default('Sample') }),
  /** Of earlier steps, by their names in paths: with _ for each hyphen. */
  outputs: z.record(z.string().max(60), z.unknown()).default({}),
  engine: z.enum(ENGINES).optional(),
})
export type TestRequest = z.input<typeof testRequest>

/** @throws Forbidden; NotFound; InvalidInput when the step or what it is given is wrong. */
export async function testStep(
  ctx: Ctx,
  at: { workflow: string; step: string },
  request: TestRequest,
  idempotency?: Idempotency,
): Promise<StepTrial> {
  requireAccess(ctx, 'task.submit')
  requireAccess(ctx, 'run.read')
  const parsed = testRequest.safeParse(request)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const { input, outputs, engine } = parsed.data
  const { workflow, step: raw } = await draftStep(ctx, at.workflow, at.step)
  const checked = stepDefinition.safeParse(raw)
  if (!checked.success) throw new InvalidInput(fieldIssues(checked.error, ['step']))
  const step = checked.data
  const values: Values = new Map([...Object.entries(outputs), ['input', { ...input, pages: [] }]])
  if (step.kind !== 'worker' && step.kind !== 'map') return withoutWorker(step, values)
  const work = workOf(step, step.options, values)
  if ('outcome' in work) return computed(work.outcome, 0)
  const [first] = work.tasks
  if (!first)
    return computed({ name: step.name, status: 'completed', output: { items: [], completed: 0, failed: 0 } }, 0)
  const taskId = await submitTest(ctx, { workflow, step, first, text: first.text ?? input.text, engine }, idempotency)
  return { did: 'task', taskId, items: step.kind === 'map' ? work.tasks.length : null }
}

export type DraftStep = {
  workflow: { id: string; title: string; template: string | null; steps: unknown[] }
  step: unknown
}

/** As it is saved, which may be wrong. @throws NotFound */
export async function draftStep({ tx, workspaceId }: Ctx, workflow: string, step: string): Promise<DraftStep> {
  const { rows } = await tx.execute<{ id: string; title: string | null; template: string | null; steps: unknown }>(sql`
    select id, draft ->> 'title' as title, template, draft -> 'steps' as steps from workflows
    where workspace_id = ${workspaceId} and name = ${workflow} and archived_at is null`)
  const row = rows[0]
  if (!row) throw new NotFound('The workflow')
  const steps = Array.isArray(row.steps) ? (row.steps as unknown[]) : []
  const found = steps.find((one) => (one as { name?: unknown } | null)?.name === step)
  if (found === undefined) throw new NotFound(`The step "${step}" of the saved draft`)
  return { workflow: { ...row, title: row.title ?? workflow, steps }, step: found }
}

type Submission = Pick<DraftStep, 'workflow'> & {
  step: StepDefinition
  first: ReadyTask
  text: string
  engine: TestRequest['engine']
}

async function submitTest(
  ctx: Ctx,
  { workflow, step, first, text, engine }: Submission,
  idempotency?: Idempotency,
): Promise<string> {
  const { worker, options, limits } = first
  const { task, replayed } = await submitTask(
    ctx,
    {
      worker,
      input: { ...options, text },
      title: `Test of ${step.title}, ${workflow.title}`.slice(0, 200),
      tags: ['test'],
      engine: engine ?? first.engine ?? 'auto',
    },
    idempotency,
  )
  if (replayed) return task.id
  // No worker process sees the task before this transaction ends.
  if (limits)
    await ctx.tx.execute(
      sql`update tasks set limits = ${JSON.stringify(limits)}::jsonb where workspace_id = ${ctx.workspaceId} and id = ${task.id}`,
    )
  await ctx.tx
    .insert(stepTests)
    .values({ workspaceId: ctx.workspaceId, taskId: task.id, workflowId: workflow.id, step: step.name })
  return task.id
}

async function withoutWorker(
  step: Exclude<StepDefinition, { kind: 'worker' | 'map' }>,
  values: Values,
): Promise<StepTrial> {
  if (step.kind === 'condition' || step.kind === 'validate' || step.kind === 'join') {
    const begun = performance.now()
    return computed(await carryOut(step, values), performance.now() - begun)
  }
  return { did: 'shown', kind: step.kind, shows: shown(step, values) }
}

function computed({ status, output, branch, error }: StepOutcome, tookMs: number): StepTrial {
  return {
    did: 'computed',
    status: status === 'completed' ? 'completed' : 'failed',
    output: output ?? null,
    branch: branch ?? null,
    error: error ?? null,
    tookMs,
  }
}

/** What a run would do here. */
function shown(step: Extract<StepDefinition, { kind: ShownStep['kind'] }>, values: Values): ShownStep['shows'] {
  switch (step.kind) {
    case 'approval':
      return [
        { title: 'Question', value: step.question },
        ...step.show.map((path) => ({ title: path, value: readPath(values, path) ?? null })),
      ]
    case 'wait':
      return [{ title: 'Seconds', value: step.seconds }]
    case 'webhook':
      return [
        { title: 'Address', value: step.url },
        { title: step.body, value: readPath(values, step.body) ?? null },
      ]
    case 'workflow':
      return [
        { title: 'Workflow', value: step.workflow },
        { title: step.text, value: textOf(readPath(values, step.text)) },
      ]
  }
}
