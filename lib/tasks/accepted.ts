// The task as it was when it was accepted, whatever has become of it: what a submission answers, and its replays, byte
// for byte. The first answer is put together from what the accepting statement returned, without reading it again.
import { sql } from 'drizzle-orm'
import type { UsedDocument } from '#lib/documents/shapes.ts'
import { usedDocument } from '#lib/documents/uses.ts'
import type { Actor } from '#lib/access/actor.ts'
import type { Ctx } from '#lib/context.ts'
import { NotFound } from '#lib/errors.ts'
import type { TaskDetail, TaskEvent } from './shapes.ts'
import { type Engine, MAX_ATTEMPTS, type Priority } from './states.ts'
import { iso, isoOrNull } from './summary.ts'

export type AcceptedRow = {
  id: string
  worker: string
  title: string
  preview: string
  external_id: string | null
  priority: Priority
  created_at: string
  due_at: string | null
  replay_of: string | null
  options: Record<string, unknown>
  body: string
  tags: string[]
  document: UsedDocument | null
  /** Of the event `submitted`. */
  actor: Actor | null
  data: Asked | null
  at: string
}

/** What was asked for and may change later. */
export type Asked = { engine: Engine; priority: Priority; notBefore: string | null }

/** @throws NotFound */
export async function readAccepted(ctx: Ctx, id: string): Promise<TaskDetail> {
  const { rows } = await ctx.tx.execute<AcceptedRow>(sql`
    select t.id, t.worker, t.title, t.preview, t.external_id, t.priority, t.created_at, t.due_at, t.replay_of, t.options,
      x.body, array(select g.tag from task_tags g where g.task_id = t.id) as tags,
      ${usedDocument(sql`d.task_id = t.id`)} as document, e.actor, e.data, e.at
    from tasks t
    join texts x on x.workspace_id = t.workspace_id and x.sha256 = t.text_sha256
    join events e on e.task_id = t.id and e.seq = 1
    where t.workspace_id = ${ctx.workspaceId} and t.id = ${id}`)
  const row = rows[0]
  if (!row) throw new NotFound('The task')
  return acceptedTask(row)
}

export function acceptedTask(row: AcceptedRow): TaskDetail {
  const { actor } = row
  const event: TaskEvent = { seq: 1, type: 'submitted', actor, data: row.data, at: iso(row.at) }
  return {
    id: row.id,
    worker: row.worker,
    status: 'pending',
    reason: null,
    title: row.title,
    preview: row.preview,
    tags: row.tags.toSorted(),
    externalId: row.external_id,
    priority: row.priority,
    engine: row.data?.engine ?? 'auto',
    submittedBy: actor && actor.kind !== 'system' ? actor : null,
    attemptsUsed: 0,
    maxAttempts: MAX_ATTEMPTS,
    createdAt: iso(row.created_at),
    startedAt: null,
    finishedAt: null,
    dueAt: isoOrNull(row.due_at),
    notBefore: isoOrNull(row.data?.notBefore ?? null),
    replayOf: row.replay_of,
    waitedMs: 0,
    workedMs: 0,
    tokens: null,
    costMicros: null,
    error: null,
    input: { text: row.body, ...row.options },
    result: null,
    partial: null,
    info: null,
    epoch: 0,
    seq: 1,
    partOf: null,
    document: row.document && { ...row.document, deleted: false },
    queue: null,
    attempts: [],
    calls: [],
    events: [event],
  }
}
