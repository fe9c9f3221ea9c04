// Sends ended or blocked tasks back to their queue, with their attempts counted from the beginning. A task that is
// already on its way is left alone, so asking twice starts it once.
import { sql } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { Conflict, InvalidInput } from '#lib/errors.ts'
import { queueOf, SUSPECT } from '#lib/queue.ts'
import { takePlaces } from '#lib/queue/tags.ts'
import { announce, announceRuns } from './announce.ts'
import { checkedId, standingOf } from './changed.ts'
import { fieldIssues } from '#lib/issues.ts'
import { type RetryRequest, retryRequest, type TaskSelection } from './requests.ts'
import { bulkResult, selectedIds } from './selection.ts'
import type { BulkResult } from './shapes.ts'
import { type Engine, type Priority, STATUS_TITLES } from './states.ts'

/**
 * Failed, cancelled or blocked → pending; `engine` replaces the one asked for before.
 * @throws Forbidden; NotFound; Conflict in every other status.
 */
export async function retryTask(ctx: Ctx, id: string, request: RetryRequest = {}): Promise<void> {
  requireAccess(ctx, 'task.retry')
  const parsed = retryRequest.safeParse(request)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const retried = await retryEnded(ctx, [checkedId(id)], parsed.data.engine)
  if (retried.size > 0) return
  const { status, name } = await standingOf(ctx, id)
  throw new Conflict(
    `${name} is ${STATUS_TITLES[status].toLowerCase()}. Only failed, cancelled and blocked tasks can be retried.`,
    'not_retryable',
  )
}

/** Sends each selected task that can be retried back once, however often it is called meanwhile. @throws Forbidden */
export async function retryTasks(ctx: Ctx, selection: TaskSelection): Promise<BulkResult> {
  requireAccess(ctx, 'task.retry')
  const selected = await selectedIds(ctx, selection, ['failed', 'cancelled', 'blocked'])
  const retried = await retryEnded(ctx, selected.ids)
  return bulkResult(selected, retried, 'Only failed, cancelled and blocked tasks can be retried.')
}

type RetriedRow = {
  id: string
  worker: string
  run_id: string | null
  engine: Engine
  priority: Priority
  old_suspicion: number
}

/** Those of these tasks that can be retried. The caller has checked who asks. @returns their ids */
export async function retryEnded(ctx: Ctx, ids: string[], engine?: Engine): Promise<Set<string>> {
  const { tx, workspaceId, actor } = ctx
  const data = engine ? { engine } : null
  const { rows } = await tx.execute<RetriedRow>(sql`
    with d as (select id, suspicion from tasks
      where workspace_id = ${workspaceId} and id = any(${sql.param(ids)}::uuid[])
        and status in ('failed', 'cancelled', 'blocked')
      order by id for update),
    t as (
      update tasks t set status = 'pending', reason = null, seq = t.seq + 1, attempts_used = 0, suspicion = 0, error = null,
        finished_at = null, process_id = null, not_before = clock_timestamp(), engine = coalesce(${engine ?? null}, t.engine)
      from d where t.id = d.id
      returning t.id, t.worker, t.run_id, t.engine, t.priority, t.seq, d.suspicion as old_suspicion),
    e as (insert into events (workspace_id, task_id, seq, type, actor, data, at)
      select ${workspaceId}, id, seq, 'retried', ${JSON.stringify(actor)}::jsonb, ${data ? JSON.stringify(data) : null}::jsonb,
        clock_timestamp() from t)
    select id, worker, run_id, engine, priority, old_suspicion from t order by id`)
  await sendBack(ctx, rows)
  await announceRuns(tx, rows)
  if (rows.length > 0) await announce(tx, [workspaceId])
  return new Set(rows.map((row) => row.id))
}

/** New places at the end of the workspace's line, queue by queue. */
async function sendBack(ctx: Ctx, rows: RetriedRow[]): Promise<void> {
  const { tx, workspaceId, queue } = ctx
  const suspects = rows.filter((row) => row.old_suspicion >= SUSPECT)
  if (suspects.length > 0)
    await queue.cancel(
      tx,
      queueOf({ worker: '', suspicion: SUSPECT }),
      suspects.map((row) => row.id),
    )
  const groups = [...Map.groupBy(rows, (row) => `${row.worker} ${row.priority}`)].sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [, tasks] of groups) {
    const { worker, priority } = tasks[0] as RetriedRow
    const places = await takePlaces(tx, { queue: worker, workspaceId, priority, count: tasks.length })
    const tickets = tasks.map(({ id, engine }, index) => ({
      id,
      engine,
      ...(places[index] as (typeof places)[number]),
    }))
    const tags = tickets.map((ticket) => ticket.tag)
    await tx.execute(sql`update tasks t set tag = d.tag
      from unnest(${sql.param(tasks.map((task) => task.id))}::uuid[], ${sql.param(tags)}::bigint[]) as d(id, tag) where t.id = d.id`)
    await queue.resend(tx, worker, tickets)
  }
}
