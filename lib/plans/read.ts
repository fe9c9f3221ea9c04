// Reads plans: what the planner's task proposes, with what people have changed in it and what became of it.
import { sql } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import type { UsedDocument } from '#lib/documents/shapes.ts'
import { usedDocument } from '#lib/documents/uses.ts'
import { type FieldIssue, NotFound } from '#lib/errors.ts'
import type { BlockReason, Engine, Priority, Status, TaskError } from '#lib/tasks/states.ts'
import { iso } from '#lib/tasks/summary.ts'
import type { ResultInfo } from '#lib/workers/define.ts'
import { definitionOf, type Plan, planOutput } from '#lib/workers/plan-shape.ts'
import { planner } from '#lib/workers/planner.ts'
import { checkDefinition } from '#lib/workflows/check.ts'
import { type PinnedDefinition, type StepDefinition, workflowDefinition } from '#lib/workflows/definition.ts'
import type { RunStatus } from '#lib/workflows/states.ts'
import { removeSteps } from './remove-steps.ts'
import { planId } from './requests.ts'
import type { PlanDetail, PlanEdits } from './shapes.ts'

export type PlanRow = {
  id: string
  status: Status
  reason: BlockReason | null
  error: TaskError | null
  title: string
  preview: string
  engine: Engine
  priority: Priority
  options: { goal?: string }
  result: unknown
  info: ResultInfo | null
  body: string
  created_at: string
  document: UsedDocument | null
  removed: string[] | null
  changed: PlanEdits['options'] | null
  revision: number | null
}

/** @throws Forbidden; NotFound, also for another workspace's plan and for a task of another worker. */
export async function getPlan(ctx: Ctx, id: string): Promise<PlanDetail> {
  requireAccess(ctx, 'task.read')
  requireAccess(ctx, 'run.read')
  const row = await readPlan(ctx, id)
  const standing = await standingPlan(row)
  return {
    id: row.id,
    goal: row.options.goal ?? '',
    title: standing.proposal?.title ?? row.title,
    engine: row.engine,
    status: row.status,
    reason: row.reason,
    error: row.error,
    preview: row.preview,
    characters: row.body.length,
    document: row.document,
    createdAt: iso(row.created_at),
    info: row.info,
    removed: row.removed ?? [],
    options: row.changed ?? {},
    revision: row.revision ?? 0,
    proposal: standing.proposal,
    gone: standing.gone,
    steps: standing.steps,
    issues: standing.issues,
    runs: await runsOf(ctx, row.id),
  }
}

/** The caller has checked who asks. With `lock` nobody changes it meanwhile. @throws NotFound */
export async function readPlan({ tx, workspaceId }: Ctx, id: string, { lock = false } = {}): Promise<PlanRow> {
  if (!planId.safeParse(id).success) throw new NotFound('The plan')
  const { rows } = await tx.execute<PlanRow>(sql`
    select t.id, t.status, t.reason, t.error, t.title, t.preview, t.engine, t.priority, t.options, t.result, t.info,
      x.body, t.created_at, ${usedDocument(sql`d.task_id = t.id`)} as document,
      e.removed, e.options as changed, e.revision
    from tasks t
    join texts x on x.workspace_id = t.workspace_id and x.sha256 = t.text_sha256
    left join plan_edits e on e.task_id = t.id
    where t.workspace_id = ${workspaceId} and t.id = ${id} and t.worker = ${planner.name}
    ${lock ? sql`for no key update of t` : sql``}`)
  const row = rows[0]
  if (!row) throw new NotFound('The plan')
  return row
}

export type StandingPlan = {
  proposal: Plan | null
  gone: string[]
  steps: StepDefinition[]
  /** Null while something is wrong. */
  definition: PinnedDefinition | null
  issues: FieldIssue[]
}

/** The proposal with the changes in it, checked as any workflow is: whoever proposed it is not trusted. */
export async function standingPlan(
  { id, result, removed, changed }: Pick<PlanRow, 'id' | 'result' | 'removed' | 'changed'>,
  /** The definition's name; the same for all runs of a plan, so that they can be compared. */
  name = `plan-${id.slice(-12)}`,
): Promise<StandingPlan> {
  const parsed = planOutput.safeParse(result)
  if (!parsed.success) return { proposal: null, gone: [], steps: [], definition: null, issues: [] }
  const proposal = parsed.data
  const { steps, gone } = removeSteps(proposal.steps, removed ?? [])
  const draft = definitionOf({ ...proposal, steps }, name)
  const drafted = {
    ...draft,
    steps: draft.steps.map((step) => {
      const own = changed?.[String(step['name'])]
      return own && 'options' in step ? { ...step, options: { ...(step['options'] as object), ...own } } : step
    }),
  }
  const { definition, issues } = await checkDefinition(drafted, () => Promise.resolve(null))
  const shown = definition ?? workflowDefinition.safeParse(drafted).data
  return { proposal, gone, steps: shown?.steps ?? [], definition, issues }
}

async function runsOf({ tx, workspaceId }: Ctx, id: string): Promise<PlanDetail['runs']> {
  const { rows } = await tx.execute<{ id: string; title: string; status: RunStatus; created_at: string }>(sql`
    select id, title, status, created_at from runs
    where workspace_id = ${workspaceId} and planned_by = ${id} order by id desc limit 20`)
  return rows.map(({ created_at, ...run }) => ({ ...run, createdAt: iso(created_at) }))
}
