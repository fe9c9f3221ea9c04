// Accepts a task: text, task, tags, event, idempotency key and ticket in the caller's transaction, all or none.
import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { texts } from '#lib/db/schema.ts'
import { InvalidInput } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import { takePlaces } from '#lib/queue/tags.ts'
import { acceptedTask } from './detail.ts'
import { type Idempotency, replayedTask } from './idempotency.ts'
import { checkInput, type CheckedInput } from './input.ts'
import { announce } from './announce.ts'
import { type SubmitRequest, submitRequest } from './requests.ts'
import type { TaskDetail } from './shapes.ts'
import { previewOf, titleOf } from './title.ts'

export type Submitted = {
  /** As it was accepted: the same for the first reply and for every replay. */
  task: TaskDetail
  replayed: boolean
}

/**
 * @throws Forbidden; InvalidInput with the field's path (400 for a malformed key, else 422). Whatever it throws, the
 * transaction must be rolled back.
 */
export async function submitTask(ctx: Ctx, request: SubmitRequest, idempotency?: Idempotency): Promise<Submitted> {
  requireAccess(ctx, 'task.submit')
  const known = idempotency ? await replayedTask(ctx, idempotency) : null
  if (known) return { task: await acceptedTask(ctx, known), replayed: true }
  const parsed = submitRequest.safeParse(request)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const checked = checkInput(parsed.data.worker, parsed.data.input)
  await checkTimes(ctx, parsed.data.dueAt, parsed.data.notBefore)
  const id = await insertTask(ctx, { ...parsed.data, ...checked, worker: checked.worker.name }, idempotency)
  return { task: await acceptedTask(ctx, id), replayed: false }
}

/** By the database's clock, which is everyone's. */
async function checkTimes(ctx: Ctx, dueAt?: string, notBefore?: string): Promise<void> {
  if (!dueAt) return
  const { rows } = await ctx.tx.execute<{ past: boolean }>(sql`select ${dueAt}::timestamptz <= now() as past`)
  if (rows[0]?.past)
    throw new InvalidInput([{ path: 'dueAt', message: 'This time has passed. Choose one in the future.' }])
  if (notBefore && new Date(notBefore) >= new Date(dueAt))
    throw new InvalidInput([{ path: 'notBefore', message: 'The task would start when it is already due.' }])
}

type NewTask = Omit<ReturnType<typeof submitRequest.parse>, 'input'> & Omit<CheckedInput, 'worker'>

async function insertTask(ctx: Ctx, task: NewTask, idempotency?: Idempotency): Promise<string> {
  const { tx, workspaceId, actor } = ctx
  const id = newId()
  const sha256 = createHash('sha256').update(task.text).digest()
  await tx.insert(texts).values({ workspaceId, sha256, body: task.text }).onConflictDoNothing()
  // From here on the workspace's line in this queue is locked: as few statements as possible.
  const [place] = await takePlaces(tx, { queue: task.worker, workspaceId, priority: task.priority, count: 1 })
  if (!place) throw new Error('No place was given.')
  const tags = [...new Set(task.tags)]
  const data = { engine: task.engine, priority: task.priority, notBefore: task.notBefore ?? null }
  const key = idempotency
    ? sql`, k as (
    insert into idempotency_keys (workspace_id, route, key, body_hash, task_id)
    values (${workspaceId}, ${idempotency.route}, ${idempotency.key}, ${idempotency.bodyHash}, ${id}))`
    : sql``
  await tx.execute(sql`
    with t as (insert into tasks (id, workspace_id, worker, title, external_id, submitted_by, api_key_id, replay_of, engine,
        priority, due_at, not_before, options, text_sha256, preview, tag, seq)
      values (${id}, ${workspaceId}, ${task.worker}, ${task.title ?? titleOf(task.text)}, ${task.externalId ?? null},
        ${actor.kind === 'user' ? actor.id : null}, ${actor.kind === 'key' ? actor.id : null},
        (select id from tasks where workspace_id = ${workspaceId} and id = ${task.replayOf ?? null}::uuid),
        ${task.engine}, ${task.priority}, ${task.dueAt ?? null}, ${task.notBefore ?? null},
        ${JSON.stringify(task.options)}::jsonb, ${sha256}, ${previewOf(task.text)}, ${place.tag}, 1)),
    g as (insert into task_tags (workspace_id, task_id, tag)
      select ${workspaceId}, ${id}, tag from jsonb_array_elements_text(${JSON.stringify(tags)}::jsonb) as tag),
    e as (insert into events (workspace_id, task_id, seq, type, actor, data)
      values (${workspaceId}, ${id}, 1, 'submitted', ${JSON.stringify(actor)}::jsonb, ${JSON.stringify(data)}::jsonb))${key}
    select 1`)
  const startAfter = task.notBefore ? new Date(task.notBefore) : null
  await ctx.queue.send(tx, task.worker, [{ id, ...place, startAfter }])
  await announce(tx, [workspaceId])
  return id
}
