// Cancels a run: what has ended keeps its result, what runs is stopped, what waits never starts.
import { sql } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { Conflict, NotFound } from '#lib/errors.ts'
import { cancelOpen } from '#lib/tasks/cancel.ts'
import { advanceRuns, lockRuns } from './advance.ts'
import { runId } from './requests.ts'
import type { RunStatus } from './states.ts'

/** @throws Forbidden; NotFound; Conflict when nothing of it is open. */
export async function cancelRun(ctx: Ctx, id: string): Promise<void> {
  requireAccess(ctx, 'run.cancel')
  if (!runId.safeParse(id).success) throw new NotFound('The run')
  const { tx, workspaceId, actor } = ctx
  await lockRuns(tx, [id])
  const { rows } = await tx.execute<{ status: RunStatus; open: string[]; children: string[] }>(sql`
    select r.status, array(select t.id from tasks t where t.run_id = r.id and t.finished_at is null) as open,
      array(select c.id from runs c where c.parent_run_id = r.id and c.status = 'in_progress' order by c.id) as children
    from runs r where r.workspace_id = ${workspaceId} and r.id = ${id}`)
  const run = rows[0]
  if (!run) throw new NotFound('The run')
  if (run.status !== 'in_progress' && run.open.length === 0)
    throw new Conflict('This run has ended already, so there is nothing to cancel.', 'already_ended')
  // What waits for people or for time has no task to cancel; what carries out a run is cancelled with it.
  await tx.execute(sql`
    with u as (
      update steps s set status = 'cancelled', finished_at = clock_timestamp()
      where run_id = ${id} and (status = 'waiting' or (status = 'in_progress' and task_id is null and child_run_id is null
        and not exists (select from steps i where i.run_id = s.run_id and i.name = s.name and i.item > 0)))
      returning name, started_at)
    insert into run_events (workspace_id, run_id, step, type, words, actor)
    select ${workspaceId}::uuid, ${id}::uuid, name, 'cancelled', null, ${JSON.stringify(actor)}::jsonb from u
    where started_at is not null
    union all select ${workspaceId}::uuid, ${id}::uuid, null, 'cancelled', 'Stops what is open', ${JSON.stringify(actor)}::jsonb`)
  await tx.execute(sql`update deliveries set status = 'cancelled', finished_at = now()
    where run_id = ${id} and finished_at is null`)
  await cancelOpen(ctx, run.open)
  for (const child of run.children) await cancelRun(ctx, child)
  await advanceRuns(ctx, [id])
}
