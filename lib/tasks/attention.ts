// What a person should look at: what failed lately, grouped by cause, and what is blocked, grouped by reason.
// Each list reads the newest 1,000 of its status, so that its cost does not grow with the history.
import { sql } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import type { BlockReason } from './states.ts'

export type FailureGroup = {
  worker: string
  /** The error's code; tasks of one group failed for the same reason. */
  code: string
  /** The newest one's message. */
  message: string
  count: number
  /** When the first of them was accepted. */
  acceptedFrom: string
  firstAt: string
  lastAt: string
  newest: { id: string; title: string }
}

export type BlockedGroup = { reason: BlockReason; workers: string[]; count: number; sinceAt: string; newestId: string }

export type Attention = { failed: FailureGroup[]; blocked: BlockedGroup[] }

const NEWEST = 1_000

export async function attention(ctx: Ctx, { hours = 24 } = {}): Promise<Attention> {
  requireAccess(ctx, 'task.read')
  const failed = await ctx.tx.execute<FailureRow>(sql`
    select worker, coalesce(error->>'code', 'unknown') as code, count(*)::int as count,
      (array_agg(coalesce(error->>'message', '') order by finished_at desc))[1] as message,
      min(created_at) as accepted_from, min(finished_at) as first_at, max(finished_at) as last_at,
      (array_agg(id order by finished_at desc))[1] as id,
      (array_agg(title order by finished_at desc))[1] as title
    from (select id, worker, error, title, created_at, finished_at from tasks
      where workspace_id = ${ctx.workspaceId} and status = 'failed' order by id desc limit ${NEWEST}) as newest
    where finished_at >= now() - make_interval(hours => ${hours})
    group by worker, code order by last_at desc limit 8`)
  const blocked = await ctx.tx.execute<BlockedRow>(sql`
    select reason, array_agg(distinct worker) as workers, count(*)::int as count, min(created_at) as since_at,
      (array_agg(id order by id desc))[1] as id
    from (select id, reason, worker, created_at from tasks
      where workspace_id = ${ctx.workspaceId} and status = 'blocked' order by id desc limit ${NEWEST}) as newest
    group by reason order by count desc`)
  return { failed: failed.rows.map(failureGroup), blocked: blocked.rows.map(blockedGroup) }
}

/** The ids of one group's tasks, at most 1,000, for a retry of all of them. */
export async function failedTaskIds(
  ctx: Ctx,
  { worker, code, hours = 24 }: { worker: string; code: string; hours?: number },
): Promise<string[]> {
  requireAccess(ctx, 'task.retry')
  const { rows } = await ctx.tx.execute<{ id: string }>(sql`
    select id from (select id, worker, error, finished_at from tasks
      where workspace_id = ${ctx.workspaceId} and status = 'failed' order by id desc limit ${NEWEST}) as newest
    where worker = ${worker} and coalesce(error->>'code', 'unknown') = ${code}
      and finished_at >= now() - make_interval(hours => ${hours})`)
  return rows.map((row) => row.id)
}

/** The ids of what is blocked for one reason, at most 1,000, for a retry of all of them. */
export async function blockedTaskIds(ctx: Ctx, { reason }: { reason: BlockReason }): Promise<string[]> {
  requireAccess(ctx, 'task.retry')
  const { rows } = await ctx.tx.execute<{ id: string }>(sql`
    select id from (select id, reason from tasks
      where workspace_id = ${ctx.workspaceId} and status = 'blocked' order by id desc limit ${NEWEST}) as newest
    where reason = ${reason}`)
  return rows.map((row) => row.id)
}

type FailureRow = {
  worker: string
  code: string
  count: number
  message: string
  accepted_from: string | Date
  first_at: string | Date
  last_at: string | Date
  id: string
  title: string
}

type BlockedRow = { reason: BlockReason; workers: string[]; count: number; since_at: string | Date; id: string }

function failureGroup(row: FailureRow): FailureGroup {
  return {
    worker: row.worker,
    code: row.code,
    message: row.message,
    count: row.count,
    acceptedFrom: iso(row.accepted_from),
    firstAt: iso(row.first_at),
    lastAt: iso(row.last_at),
    newest: { id: row.id, title: row.title },
  }
}

function blockedGroup(row: BlockedRow): BlockedGroup {
  return { reason: row.reason, workers: row.workers, count: row.count, sinceAt: iso(row.since_at), newestId: row.id }
}

function iso(at: string | Date): string {
  return new Date(at).toISOString()
}
