// Accepts a task: text, task, tags, event, idempotency key and ticket in the caller's transaction, all or none.
import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { InvalidInput } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import { runPrepared } from '#lib/db/transaction.ts'
import { NoClock, placeOf, type PlaceRow, placesTaken } from '#lib/queue/tags.ts'
import { type AcceptedRow, acceptedTask, type Asked, readAccepted } from './accepted.ts'
import { type Idempotency, replayedTask } from './idempotency.ts'
import { checkInput, type CheckedInput } from './input.ts'
import { announcement } from './announce.ts'
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
  if (known) return { task: await readAccepted(ctx, known), replayed: true }
  const parsed = submitRequest.safeParse(request)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const checked = checkInput(parsed.data.worker, parsed.data.input)
  await checkTimes(ctx, parsed.data.dueAt, parsed.data.notBefore)
  const row = await insertTask(ctx, { ...parsed.data, ...checked, worker: checked.worker.name }, idempotency)
  return { task: acceptedTask(row), replayed: false }
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

/** One statement for all but the ticket: the workspace's line in this queue is locked until the transaction ends. */
async function insertTask(ctx: Ctx, task: NewTask, idempotency?: Idempotency): Promise<AcceptedRow> {
  const { tx, workspaceId, actor } = ctx
  const id = newId()
  const sha256 = createHash('sha256').update(task.text).digest()
  const tags = [...new Set(task.tags)]
  const title = task.title ?? titleOf(task.text)
  const preview = previewOf(task.text)
  const asked: Asked = { engine: task.engine, priority: task.priority, notBefore: task.notBefore ?? null }
  const key = idempotency
    ? sql`k as (insert into idempotency_keys (workspace_id, route, key, body_hash, task_id)
        select ${workspaceId}, ${idempotency.route}, ${idempotency.key}, ${idempotency.bodyHash}, id from t),`
    : sql``
  const statement = sql`
    with x as (insert into texts (workspace_id, sha256, body) values (${workspaceId}, ${sha256}, ${task.text})
      on conflict do nothing returning 1),
    ${placesTaken({ queue: task.worker, workspaceId, priority: task.priority, count: 1 }, TEXT_FIRST)},
    t as (insert into tasks (id, workspace_id, worker, title, external_id, submitted_by, api_key_id, replay_of, engine,
        priority, due_at, not_before, options, text_sha256, preview, tag, seq)
      select ${id}, ${workspaceId}, ${task.worker}, ${title}, ${task.externalId ?? null},
        ${actor.kind === 'user' ? actor.id : null}::uuid, ${actor.kind === 'key' ? actor.id : null}::uuid,
        (select id from tasks where workspace_id = ${workspaceId} and id = ${task.replayOf ?? null}::uuid),
        ${task.engine}, ${task.priority}, ${task.dueAt ?? null}::timestamptz, ${task.notBefore ?? null}::timestamptz,
        ${JSON.stringify(task.options)}::jsonb, ${sha256}, ${preview}, place.start, 1
      from place returning id, created_at::text, due_at::text, replay_of, options),
    g as (insert into task_tags (workspace_id, task_id, tag)
      select ${workspaceId}, id, tag from t, jsonb_array_elements_text(${JSON.stringify(tags)}::jsonb) as tag),
    e as (insert into events (workspace_id, task_id, seq, type, actor, data)
      select ${workspaceId}, id, 1, 'submitted', ${JSON.stringify(actor)}::jsonb, ${JSON.stringify(asked)}::jsonb from t
      returning actor, data, at::text),
    ${key}
    n as (select ${announcement([workspaceId])} from t)
    select t.*, e.*, place.*, (select count(*) from n) as announced from t, e, place`
  const [row] = await runPrepared<Accepting>(tx, statement)
  if (!row) throw new NoClock(task.worker)
  const startAfter = task.notBefore ? new Date(task.notBefore) : null
  await ctx.queue.send(tx, task.worker, [{ id, ...placeOf(Number(row.start), Number(row.base)), startAfter }])
  const { worker, externalId, priority, text } = task
  return { ...row, worker, title, preview, external_id: externalId ?? null, priority, body: text, tags }
}

/** A text that another transaction is storing is waited for without holding the line. */
const TEXT_FIRST = sql`(select count(*) from x) >= 0`

type Accepting = PlaceRow &
  Pick<AcceptedRow, 'id' | 'created_at' | 'due_at' | 'replay_of' | 'options' | 'actor' | 'data' | 'at'>
