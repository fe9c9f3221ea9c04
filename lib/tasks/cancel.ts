// Cancels open tasks. Raising the epoch makes every write of a running attempt void; its process is told to stop, and may
// not be there any more to say how its model calls ended.
import { sql } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import type { Tx } from '#lib/db/client.ts'
import { Conflict } from '#lib/errors.ts'
import { queueOf } from '#lib/queue.ts'
import { announce, announceRuns, announceStopped } from './announce.ts'
import { checkedId, standingOf } from './changed.ts'
import type { TaskSelection } from './requests.ts'
import { bulkResult, selectedIds } from './selection.ts'
import type { BulkResult } from './shapes.ts'
import { STATUS_TITLES } from './states.ts'

/** @throws Forbidden; NotFound; Conflict when the task has ended. */
export async function cancelTask(ctx: Ctx, id: string): Promise<void> {
  requireAccess(ctx, 'task.cancel')
  const cancelled = await cancelOpen(ctx, [checkedId(id)])
  if (cancelled.size > 0) return
  const { status, name } = await standingOf(ctx, id)
  const ended = status === 'cancelled' ? 'was cancelled already' : `is ${STATUS_TITLES[status].toLowerCase()}`
  throw new Conflict(`${name} ${ended}, so there is nothing to cancel.`, 'already_ended')
}

/** Cancels what is open among the selection; what has ended is skipped. @throws Forbidden, InvalidInput */
export async function cancelTasks(ctx: Ctx, selection: TaskSelection): Promise<BulkResult> {
  requireAccess(ctx, 'task.cancel')
  const selected = await selectedIds(ctx, selection, ['pending', 'in_progress', 'blocked'])
  const cancelled = await cancelOpen(ctx, selected.ids)
  return bulkResult(selected, cancelled, 'It has ended already.')
}

type CancelledRow = {
  id: string
  worker: string
  run_id: string | null
  suspicion: number
  old_epoch: number
  was_running: boolean
}

/** Those of these tasks that are open. The caller has checked who asks. @returns their ids */
export async function cancelOpen(ctx: Ctx, ids: string[]): Promise<Set<string>> {
  const { tx, workspaceId, actor, queue } = ctx
  const { rows } = await tx.execute<CancelledRow>(sql`
    with d as (select id, status, epoch, process_id from tasks
      where workspace_id = ${workspaceId} and id = any(${sql.param(ids)}::uuid[]) and finished_at is null
      order by id for update),
    t as (
      update tasks t set status = 'cancelled', reason = null, epoch = t.epoch + 1, seq = t.seq + 1, process_id = null,
        finished_at = clock_timestamp()
      from d where t.id = d.id
      returning t.id, t.worker, t.run_id, t.suspicion, t.seq, d.epoch as old_epoch, d.process_id is not null as was_running),
    a as (update attempts a set outcome = 'cancelled', finished_at = clock_timestamp()
      from t where a.task_id = t.id and a.epoch = t.old_epoch and a.outcome is null),
    e as (insert into events (workspace_id, task_id, seq, type, actor, at)
      select ${workspaceId}, id, seq, 'cancelled', ${JSON.stringify(actor)}::jsonb, clock_timestamp() from t)
    select id, worker, run_id, suspicion, old_epoch, was_running from t`)
  const stopped = rows.filter((row) => row.was_running).map((row) => ({ id: row.id, epoch: row.old_epoch }))
  await giveUpCalls(tx, stopped)
  for (const [name, tasks] of Map.groupBy(rows, queueOf))
    await queue.cancel(
      tx,
      name,
      tasks.map((task) => task.id),
    )
  await announceStopped(tx, stopped)
  await announceRuns(tx, rows)
  if (rows.length > 0) await announce(tx, [workspaceId])
  return new Set(rows.map((row) => row.id))
}

/** A statement of its own: it sees the call that was being committed while the first one waited for the task's row. */
async function giveUpCalls(tx: Tx, stopped: { id: string; epoch: number }[]): Promise<void> {
  if (stopped.length === 0) return
  const [ids, epochs] = [stopped.map(({ id }) => id), stopped.map(({ epoch }) => epoch)]
  await tx.execute(sql`
    update calls c set state = 'unknown', finished_at = clock_timestamp()
    from unnest(${sql.param(ids)}::uuid[], ${sql.param(epochs)}::int[]) as d(id, epoch)
    where c.task_id = d.id and c.epoch = d.epoch and c.state = 'sent'`)
}
