// Puts tasks of a certain age and outcome into a workspace, as if they had been run: for lists, not for the queue.
import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { asWorkspace, type OpenDatabase } from '#lib/db/client.ts'
import type { BlockReason, Priority, Status, TaskError } from '#lib/tasks/states.ts'
import type { Person } from './fixtures.ts'

export type SeededTask = {
  title?: string
  text?: string
  worker?: string
  status?: Status
  /** Of a blocked one; a model unless another is named. */
  reason?: BlockReason
  priority?: Priority
  tags?: string[]
  externalId?: string
  result?: unknown
  error?: TaskError
  attemptsUsed?: number
  ageMinutes?: number
}

/** The ids, in the order given. */
export async function seedTasks(
  { db }: OpenDatabase,
  { id: userId, name, workspace }: Person,
  tasks: readonly SeededTask[],
): Promise<string[]> {
  const actor = JSON.stringify({ kind: 'user', id: userId, name })
  return asWorkspace(db, workspace.id, async (tx) => {
    const ids: string[] = []
    for (const [index, task] of tasks.entries()) {
      const { status = 'completed', text = 'The river rose.', worker = 'summarizer', ageMinutes = 1 } = task
      const createdAt = new Date(Date.now() - ageMinutes * 60_000 - (tasks.length - index))
      const id = uuidv7({ msecs: createdAt.getTime() })
      const startedAt = status === 'pending' ? null : new Date(createdAt.getTime() + 400)
      const finishedAt = ['completed', 'failed', 'cancelled'].includes(status)
        ? new Date(createdAt.getTime() + 2_400)
        : null
      const sha256 = createHash('sha256').update(text).digest()
      const error =
        task.error ?? (status === 'failed' ? { code: 'empty_result', message: 'The result was empty.' } : null)
      await tx.execute(sql`insert into texts (workspace_id, sha256, body) values (${workspace.id}, ${sha256}, ${text})
        on conflict do nothing`)
      await tx.execute(sql`insert into tasks (id, workspace_id, worker, status, reason, title, external_id, submitted_by,
          engine, priority, options, text_sha256, preview, seq, attempts_used, result, error, created_at, started_at,
          finished_at)
        values (${id}, ${workspace.id}, ${worker}, ${status}, ${status === 'blocked' ? (task.reason ?? 'needs_model') : null},
          ${task.title ?? `Task ${index + 1}`}, ${task.externalId ?? null}, ${userId}, 'rules',
          ${task.priority ?? 'normal'}, '{}', ${sha256}, ${text.slice(0, 200)}, 1, ${task.attemptsUsed ?? 1},
          ${task.result === undefined ? null : JSON.stringify(task.result)}::jsonb,
          ${error === null ? null : JSON.stringify(error)}::jsonb, ${createdAt.toISOString()},
          ${startedAt?.toISOString() ?? null}, ${finishedAt?.toISOString() ?? null})`)
      await tx.execute(sql`insert into events (workspace_id, task_id, seq, type, actor, at)
        values (${workspace.id}, ${id}, 1, 'submitted', ${actor}::jsonb, now())`)
      for (const tag of task.tags ?? [])
        await tx.execute(
          sql`insert into task_tags (workspace_id, task_id, tag) values (${workspace.id}, ${id}, ${tag})`,
        )
      ids.push(id)
    }
    return ids
  })
}
