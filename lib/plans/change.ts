// Keeps what people change in a plan beside what was proposed, so that every change can be taken back.
import { sql } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { Conflict, type FieldIssue, InvalidInput } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import { repairJson } from '#lib/text.ts'
import { planOutput } from '#lib/workers/plan-shape.ts'
import { readPlan, type PlanRow } from './read.ts'
import { removeSteps } from './remove-steps.ts'
import { type ChangeRequest, changeRequest } from './requests.ts'

/** @throws Forbidden; NotFound; InvalidInput; Conflict `stale_plan` when somebody else has changed it meanwhile. */
export async function changePlan(ctx: Ctx, id: string, request: ChangeRequest): Promise<{ revision: number }> {
  requireAccess(ctx, 'task.submit')
  const parsed = changeRequest.safeParse(request)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const { removed, options, revision } = parsed.data
  const row = await readPlan(ctx, id, { lock: true })
  refuseStale(row, revision)
  const issues = issuesOf(row, { removed, options })
  if (issues.length > 0) throw new InvalidInput(issues)
  const { tx, workspaceId, actor } = ctx
  const { rows } = await tx.execute<{ revision: number }>(sql`
    insert into plan_edits (workspace_id, task_id, removed, options, saved_by)
    values (${workspaceId}, ${id}, ${JSON.stringify(repairJson(removed).value)}::jsonb,
      ${JSON.stringify(repairJson(options).value)}::jsonb, ${JSON.stringify(actor)}::jsonb)
    on conflict (task_id) do update set removed = excluded.removed, options = excluded.options,
      revision = plan_edits.revision + 1, saved_by = excluded.saved_by, saved_at = clock_timestamp()
    returning revision`)
  return { revision: rows[0]?.revision ?? 0 }
}

/** @throws Conflict */
export function refuseStale(row: Pick<PlanRow, 'revision'>, revision: number): void {
  if ((row.revision ?? 0) !== revision)
    throw new Conflict('The plan was changed meanwhile. Look at it as it stands now, then do it again.', 'stale_plan')
}

/** What can be told of the changes alone; whether the options fit is part of the plan's own check. */
function issuesOf({ result }: PlanRow, { removed, options }: Pick<ChangeRequest, 'removed' | 'options'>): FieldIssue[] {
  const proposal = planOutput.safeParse(result)
  if (!proposal.success)
    return [{ path: 'removed', message: 'There is nothing to change yet: the plan is not made. Wait until it is.' }]
  const { steps } = proposal.data
  const unknown = (name: string) => !steps.some((step) => step.name === name)
  const issues = [
    ...removed.filter(unknown).map((name) => ({ path: 'removed', message: `The plan has no step named "${name}".` })),
    ...Object.keys(options)
      .filter((name) => !steps.some((step) => step.name === name && 'options' in step))
      .map((name) => ({ path: `options.${name}`, message: 'The plan has no step of this name that takes options.' })),
  ]
  if (issues.length === 0 && removeSteps(steps, removed).steps.length === 0)
    return [{ path: 'removed', message: 'A plan keeps at least one step. Bring one back first.' }]
  return issues
}
