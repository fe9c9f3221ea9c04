// What the slots are doing right now, as far as this workspace may know, and what was set aside for good.
import { and, desc, eq, gte, isNotNull, or, sql } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { tasks } from '#lib/db/schema.ts'
import { MAX_ATTEMPTS, type TaskError } from '#lib/tasks/states.ts'

export type RunningTask = {
  id: string
  processId: number
  worker: string
  title: string
  startedAt: string
}

/** This workspace's tasks that run now, oldest first, at most 500. */
export async function runningTasks(ctx: Ctx): Promise<RunningTask[]> {
  requireAccess(ctx, 'worker.read')
  const rows = await ctx.tx
    .select({
      id: tasks.id,
      processId: tasks.processId,
      worker: tasks.worker,
      title: tasks.title,
      startedAt: tasks.startedAt,
    })
    .from(tasks)
    .where(and(eq(tasks.workspaceId, ctx.workspaceId), eq(tasks.status, 'in_progress'), isNotNull(tasks.processId)))
    .orderBy(tasks.id)
    .limit(500)
  return rows.flatMap(({ processId, startedAt, ...task }) =>
    processId === null || startedAt === null ? [] : [{ ...task, processId, startedAt: startedAt.toISOString() }],
  )
}

export type SetAsideTask = {
  id: string
  worker: string
  title: string
  attemptsUsed: number
  /** How many processes died while they held it. */
  suspicion: number
  error: TaskError | null
  finishedAt: string | null
}

/** Suspicion at which a task is given up for having taken its processes down. */
const POISON = 4

/** Failed tasks that used up their attempts or took their processes down, newest first, at most 20 of the newest 1,000. */
export async function setAsideTasks(ctx: Ctx): Promise<SetAsideTask[]> {
  requireAccess(ctx, 'task.read')
  const newest = ctx.tx
    .select({
      id: tasks.id,
      worker: tasks.worker,
      title: tasks.title,
      attemptsUsed: tasks.attemptsUsed,
      suspicion: tasks.suspicion,
      maxAttempts: sql<number>`coalesce((${tasks.limits} ->> 'attempts')::int, ${MAX_ATTEMPTS})`.as('max_attempts'),
      error: sql<TaskError | null>`${tasks.error}`.as('error'),
      finishedAt: tasks.finishedAt,
    })
    .from(tasks)
    .where(and(eq(tasks.workspaceId, ctx.workspaceId), eq(tasks.status, 'failed')))
    .orderBy(desc(tasks.id))
    .limit(1_000)
    .as('newest')
  const rows = await ctx.tx
    .select()
    .from(newest)
    .where(or(gte(newest.attemptsUsed, newest.maxAttempts), gte(newest.suspicion, POISON)))
    .limit(20)
  return rows.map((row) => ({ ...row, finishedAt: row.finishedAt?.toISOString() ?? null }))
}
