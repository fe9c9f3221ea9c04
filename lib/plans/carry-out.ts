// What becomes of a plan: a run over the text that it was made for, or the draft of a workflow for others.
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { InvalidInput } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import { type Idempotency, keepKeyOfRun, replayed } from '#lib/tasks/idempotency.ts'
import type { PinnedDefinition } from '#lib/workflows/definition.ts'
import { beginRun, type Started } from '#lib/workflows/start.ts'
import { createWorkflow } from '#lib/workflows/stored/drafts.ts'
import { refuseStale } from './change.ts'
import { type PlanRow, readPlan, standingPlan } from './read.ts'
import { type RunPlanRequest, runPlanRequest, type SavePlanRequest, savePlanRequest } from './requests.ts'

/** The run keeps the plan's steps, its text and document, and the task that planned it. @throws as `changePlan` does. */
export async function runPlan(
  ctx: Ctx,
  id: string,
  request: RunPlanRequest,
  idempotency?: Idempotency,
): Promise<Started> {
  requireAccess(ctx, 'run.start')
  const known = idempotency ? await replayed(ctx, idempotency) : null
  if (known) return { id: known, replayed: true }
  const parsed = runPlanRequest.safeParse(request)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const row = await readPlan(ctx, id, { lock: true })
  refuseStale(row, parsed.data.revision)
  const definition = await runnable(row)
  const { body: text, document, priority } = row
  const input = document ? { text, document } : { text }
  const engine = parsed.data.engine ?? row.engine
  const run = await beginRun(ctx, definition, { input, engine, priority }, { plannedBy: id })
  if (idempotency) await keepKeyOfRun(ctx, idempotency, run)
  return { id: run, replayed: false }
}

/** @throws as `changePlan` does. @returns the workflow's name */
export async function savePlan(ctx: Ctx, id: string, request: SavePlanRequest): Promise<string> {
  requireAccess(ctx, 'workflow.change')
  const parsed = savePlanRequest.safeParse(request)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const row = await readPlan(ctx, id, { lock: true })
  refuseStale(row, parsed.data.revision)
  const { name: _, uses: _uses, ...draft } = await runnable(row)
  return createWorkflow(ctx, { draft })
}

async function runnable(row: PlanRow): Promise<PinnedDefinition> {
  const { proposal, definition, issues } = await standingPlan(row)
  if (definition) return definition
  throw new InvalidInput(
    proposal === null
      ? [{ path: 'plan', message: 'There is no plan yet. Wait until its task has completed.' }]
      : issues.map(({ path, message }) => ({ path: `plan.${path}`, message })),
  )
}
