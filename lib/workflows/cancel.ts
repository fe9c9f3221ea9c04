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
  const { tx, workspaceId } = ctx
  await lockRuns(tx, [id])
  const { rows } = await tx.execute<{ status: RunStatus; open: string[] }>(sql`
    select r.status, array(select t.id from tasks t where t.run_id = r.id and t.finished_at is null) as open
    from runs r where r.workspace_id = ${workspaceId} and r.id = ${id}`)
  const run = rows[0]
  if (!run) throw new NotFound('The run')
  if (run.status !== 'in_progress' && run.open.length === 0)
    throw new Conflict('This run has ended already, so there is nothing to cancel.', 'already_ended')
  await tx.execute(sql`update steps set status = 'cancelled', finished_at = clock_timestamp()
    where run_id = ${id} and status = 'waiting'`)
  await cancelOpen(ctx, run.open)
  await advanceRuns(ctx, [id])
}
