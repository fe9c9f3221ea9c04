// What happened lately, for live views.
import { sql } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import type { LiveEvent } from './shapes.ts'
import { iso } from './summary.ts'

const MAX_EVENTS = 1_000

/**
 * The workspace's events at or after `at`, oldest first, at most 1,000. Transactions become visible in the order of
 * their commits: a reader repeats the last 15 s and drops what it has by task and seq.
 */
export async function eventsSince(ctx: Ctx, { at }: { at: Date }): Promise<LiveEvent[]> {
  requireAccess(ctx, 'task.read')
  const { rows } = await ctx.tx.execute<LiveEventRow>(sql`
    select e.task_id, e.seq, e.type, e.at, t.status, t.worker, t.title
    from events e join tasks t on t.id = e.task_id
    where e.workspace_id = ${ctx.workspaceId} and e.at >= ${at.toISOString()}::timestamptz
    order by e.at, e.task_id, e.seq limit ${MAX_EVENTS}`)
  return rows.map(({ task_id, at: happenedAt, ...row }) => ({ ...row, taskId: task_id, at: iso(happenedAt) }))
}

type LiveEventRow = Omit<LiveEvent, 'taskId'> & { task_id: string }
