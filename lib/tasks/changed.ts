// What a caller is told of a task that they change: all of it if they may read tasks, else no more than where it stands.
import { sql } from 'drizzle-orm'
import { may } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { NotFound } from '#lib/errors.ts'
import { taskDetail } from './detail.ts'
import { taskId } from './requests.ts'
import type { TaskDetail, TaskState } from './shapes.ts'
import type { Status } from './states.ts'

/** @throws NotFound */
export async function changedTask(ctx: Ctx, id: string): Promise<TaskDetail | TaskState> {
  if (may(ctx.access, 'task.read')) return taskDetail(ctx, id)
  const { status } = await standingOf(ctx, id)
  return { id: id.toLowerCase(), status }
}

/** Its status, and what to call it in a sentence. @throws NotFound */
export async function standingOf(ctx: Ctx, id: string): Promise<{ status: Status; name: string }> {
  const { rows } = await ctx.tx.execute<{ status: Status; title: string }>(
    sql`select status, title from tasks where workspace_id = ${ctx.workspaceId} and id = ${checkedId(id)}`,
  )
  const row = rows[0]
  if (!row) throw new NotFound('The task')
  return { status: row.status, name: may(ctx.access, 'task.read') ? `"${row.title}"` : 'This task' }
}

/** @throws NotFound for what cannot be the id of a task. */
export function checkedId(id: string): string {
  if (!taskId.safeParse(id).success) throw new NotFound('The task')
  return id
}
