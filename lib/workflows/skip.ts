// A person leaves out a step that failed or waits: it counts as skipped from then on, and what needs it goes on by the
// rules of the graph. Retrying its task takes that back.
import { sql } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { Conflict, Forbidden, NotFound } from '#lib/errors.ts'
import { announce } from '#lib/tasks/announce.ts'
import { cancelOpen } from '#lib/tasks/cancel.ts'
import type { Status } from '#lib/tasks/states.ts'
import { advanceRuns, lockRuns } from './advance.ts'
import { whyNotDecide } from './approvals.ts'
import type { PinnedDefinition } from './definition.ts'
import { runId } from './requests.ts'
import { isSkippable } from './skippable.ts'
import type { RunStatus, StepStatus, StoredStepStatus } from './states.ts'

type Row = {
  definition: PinnedDefinition
  submitted_by: string | null
  run_status: RunStatus
  status: StoredStepStatus
  left_out: boolean
  task_id: string | null
  task_status: Status | null
}

/** @throws Forbidden, also for a decision that is somebody else's; NotFound; Conflict for what works or has ended. */
export async function skipStep(ctx: Ctx, id: string, name: string): Promise<void> {
  requireAccess(ctx, 'run.skip')
  if (!runId.safeParse(id).success) throw new NotFound('The run')
  const { tx, workspaceId, actor } = ctx
  await lockRuns(tx, [id])
  const { rows } = await tx.execute<Row>(sql`
    select r.definition, r.submitted_by, r.status as run_status, s.status, s.skipped_by is not null as left_out,
      t.id as task_id, t.status as task_status
    from runs r join steps s on s.run_id = r.id and s.name = ${name} and s.item = 0
      left join tasks t on t.id = s.task_id
    where r.workspace_id = ${workspaceId} and r.id = ${id}`)
  const row = rows[0]
  const step = row?.definition.steps.find((one) => one.name === name)
  if (!row || !step) throw new NotFound('The step')
  if (row.run_status === 'cancelled')
    throw new Conflict('This run was cancelled. Run it again from this step instead.', 'already_ended')
  const status = row.left_out ? 'skipped' : (row.task_status ?? row.status)
  if (!isSkippable({ kind: step.kind, status })) throw refused(step.title, status)
  if (step.kind === 'approval') {
    const why = whyNotDecide(ctx, step, row)
    if (why !== null) throw new Forbidden(why)
  }
  if (row.task_id !== null && status !== 'failed') {
    // Somebody may have claimed it in this moment: then it works.
    const { rows: held } = await tx.execute<{ status: Status }>(
      sql`select status from tasks where id = ${row.task_id} for update`,
    )
    const now = held[0]?.status ?? 'cancelled'
    if (!isSkippable({ kind: step.kind, status: now })) throw refused(step.title, now)
    await cancelOpen(ctx, [row.task_id])
  }
  await tx.execute(sql`update deliveries set status = 'cancelled', finished_at = now()
    where run_id = ${id} and step = ${name} and finished_at is null`)
  await tx.execute(sql`
    with u as (
      update steps set status = 'skipped', skipped_by = ${JSON.stringify(actor)}::jsonb, wake_at = null,
        finished_at = clock_timestamp() where run_id = ${id} and name = ${name} and item = 0)
    insert into run_events (workspace_id, run_id, step, type, words, actor)
    values (${workspaceId}, ${id}, ${name}, 'skipped', ${`Skipped by ${actor.name}`}, ${JSON.stringify(actor)}::jsonb)`)
  await advanceRuns(ctx, [id])
  await announce(tx, [workspaceId])
}

function refused(title: string, status: StepStatus): Conflict {
  if (status === 'in_progress')
    return new Conflict(`“${title}” is being worked on. Wait until it has ended, or cancel the run.`, 'in_progress')
  const how = status === 'skipped' ? 'was skipped already' : `is ${status} already`
  return new Conflict(`“${title}” ${how}, so there is nothing to skip.`, 'already_ended')
}
