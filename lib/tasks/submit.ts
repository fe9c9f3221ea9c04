// Accepts a task: text, task, tags, event, idempotency key and ticket in the caller's transaction, all or none.
import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import type { StatementOptions } from '#lib/db/statement.ts'
import { keepUse } from '#lib/documents/uses.ts'
import type { UsedDocument } from '#lib/documents/shapes.ts'
import { InvalidInput } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import type { Queue } from '#lib/queue.ts'
import { type AcceptedRow, acceptedTask, type Asked, readAccepted } from './accepted.ts'
import { type Idempotency, replayed } from './idempotency.ts'
import { checkInput, type CheckedInput, resolveText } from './input.ts'
import { acceptStatement } from './accepting.ts'
import { checkTimes } from './times.ts'
import { type SubmitRequest, submitRequest } from './requests.ts'
import type { TaskDetail } from './shapes.ts'
import { previewOf, titleOf, titleOfFile } from './title.ts'

export type Submitted = {
  /** As it was accepted: the same for the first reply and for every replay. */
  task: TaskDetail
  replayed: boolean
}

/**
 * @throws Forbidden; InvalidInput with the field's path (400 for a malformed key, else 422). Whatever it throws, the
 * transaction must be rolled back. With `last` it is committed at once, and nothing may follow in it.
 */
export async function submitTask(
  ctx: Ctx,
  request: SubmitRequest,
  idempotency?: Idempotency,
  options?: StatementOptions,
): Promise<Submitted> {
  requireAccess(ctx, 'task.submit')
  const known = idempotency ? await replayed(ctx, idempotency) : null
  if (known) return { task: await readAccepted(ctx, known), replayed: true }
  const parsed = submitRequest.safeParse(request)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const { input, document } = await resolveText(ctx, parsed.data.input)
  const checked = checkInput(parsed.data.worker, input)
  await checkTimes(ctx, parsed.data.dueAt, parsed.data.notBefore)
  await checkReplayed(ctx, parsed.data.replayOf)
  const row = await insertTask(
    ctx,
    { ...parsed.data, ...checked, document, worker: checked.worker.name },
    { idempotency, ...options, ...(document ? { last: false } : {}) },
  )
  if (document) await keepUse(ctx, document, { taskId: row.id })
  return { task: acceptedTask(row), replayed: false }
}

async function checkReplayed(ctx: Ctx, replayOf?: string): Promise<void> {
  if (replayOf === undefined) return
  const { rows } = await ctx.tx.execute(
    sql`select from tasks where workspace_id = ${ctx.workspaceId} and id = ${replayOf}::uuid`,
  )
  if (rows.length === 0)
    throw new InvalidInput([{ path: 'replayOf', message: 'There is no such task in this workspace. Leave it out.' }])
}

type NewTask = Omit<ReturnType<typeof submitRequest.parse>, 'input'> &
  Omit<CheckedInput, 'worker'> & { document: UsedDocument | null }

type InsertOptions = StatementOptions & { idempotency: Idempotency | undefined }

async function insertTask(ctx: Ctx, task: NewTask, { idempotency, last }: InsertOptions): Promise<AcceptedRow> {
  const { tx, workspaceId, actor } = ctx
  const { worker, priority, text } = task
  const tags = [...new Set(task.tags)]
  const title = task.title ?? (task.document ? titleOfFile(task.document.name) : titleOf(text))
  const preview = previewOf(text)
  const externalId = task.externalId ?? null
  const notBefore = task.notBefore ?? null
  const asked: Asked = { engine: task.engine, priority, notBefore }
  const accept = await acceptStatementFor(ctx.queue, task, idempotency !== undefined)
  const [row] = await accept(
    tx,
    {
      id: newId(),
      workspaceId,
      worker,
      title,
      externalId,
      userId: actor.kind === 'user' ? actor.id : null,
      apiKeyId: actor.kind === 'key' ? actor.id : null,
      replayOf: task.replayOf ?? null,
      engine: task.engine,
      dueAt: task.dueAt ?? null,
      notBefore,
      options: JSON.stringify(task.options),
      sha256: createHash('sha256').update(text).digest(),
      text,
      preview,
      tags: JSON.stringify(tags),
      actor: JSON.stringify(actor),
      asked: JSON.stringify(asked),
      ...idempotency,
    },
    { last },
  )
  if (!row) throw new Error('The task was not accepted.')
  return {
    ...row,
    worker,
    title,
    preview,
    external_id: externalId,
    priority,
    body: text,
    tags,
    document: task.document,
  }
}

const statements = new Map<string, ReturnType<typeof acceptStatement>>()

/** One for each worker and priority, since both stand in its text. */
async function acceptStatementFor(queue: Queue, { worker, priority }: NewTask, keyed: boolean) {
  const name = `${worker} ${priority} ${keyed}`
  const known = statements.get(name)
  if (known) return known
  const made = acceptStatement(priority, await queue.sending(worker), keyed)
  statements.set(name, made)
  return made
}
