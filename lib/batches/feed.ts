// Gives the next items of a batch their tasks or runs, so that there are always some in the queue but never all: what
// waits outside costs nothing, is paused by a word, and lets started runs finish first. The tasks have low priority,
// which is a line of its own: whatever else the workspace submits passes them by.
import { sql } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import type { Actor } from '#lib/access/actor.ts'
import type { Ctx } from '#lib/context.ts'
import { asWorkspace, type Database, type Tx } from '#lib/db/client.ts'
import type { UsedDocument } from '#lib/documents/shapes.ts'
import { keepUse } from '#lib/documents/uses.ts'
import { InvalidInput } from '#lib/errors.ts'
import type { Queue } from '#lib/queue.ts'
import { type Place, takePlaces } from '#lib/queue/tags.ts'
import type { Asked } from '#lib/tasks/accepted.ts'
import { announce } from '#lib/tasks/announce.ts'
import type { Engine, TaskError } from '#lib/tasks/states.ts'
import type { WorkflowDefinition } from '#lib/workflows/definition.ts'
import { beginRun } from '#lib/workflows/start.ts'
import { nextFiles } from './next-files.ts'

/** Tasks of one batch that wait or run at once: more than are done between two looks. */
export const OPEN_TASKS = 400
/** A run has a task for each of its steps. */
export const OPEN_RUNS = 24

const PRIORITY = 'low'

type Powers = { tx: Tx; queue: Queue }

type FedBatch = {
  id: string
  workspace_id: string
  worker: string | null
  definition: WorkflowDefinition | null
  workflow_id: string | null
  workflow_version: number | null
  options: Record<string, unknown>
  engine: Engine
  actor: Actor
  /** Null for files. */
  columns: string[] | null
  budget_id: string | null
}

/** Any number of processes may call it at once: a batch that another one feeds is passed by. @returns items started */
export async function feedBatches(db: Database, queue: Queue): Promise<number> {
  const { rows } = await db.execute<{ id: string; workspace_id: string }>(sql`
    select id, workspace_id from batches where state = 'running' and started_all_at is null order by id`)
  let started = 0
  for (const { id, workspace_id } of rows)
    started += await asWorkspace(db, workspace_id, (tx) => feedBatch({ tx, queue }, id))
  return started
}

/**
 * `strict`: what is wrong with the options fails instead of becoming each item's error.
 * @returns how many items were started
 */
export async function feedBatch(powers: Powers, id: string, { strict = false } = {}): Promise<number> {
  const { tx } = powers
  const { rows } = await tx.execute<FedBatch>(sql`
    select id, workspace_id, worker, definition, workflow_id, workflow_version, options, engine, actor, columns,
      (select id from budgets where id = batches.id) as budget_id
    from batches
    where id = ${id} and state = 'running' and started_all_at is null for update skip locked`)
  const batch = rows[0]
  if (!batch) return 0
  const room = await roomOf(tx, batch)
  if (room === 0) return 0
  const waiting = batch.columns ? await nextRows(tx, id, room) : await nextFiles(tx, batch.workspace_id, id, room)
  if (batch.definition) await startRuns(powers, batch, batch.definition, waiting, strict)
  else await startTasks(powers, batch, waiting)
  await tx.execute(sql`
    update batches set started_all_at = clock_timestamp() where id = ${id} and not exists (
      select from batch_items where batch_id = ${id} and task_id is null and run_id is null and error is null)`)
  if (waiting.length > 0) await announce(tx, [batch.workspace_id])
  return waiting.length
}

/** Blocked ones wait for somebody, and hold up no other, unless it is the budget that they share. */
async function roomOf(tx: Tx, { id, definition }: FedBatch): Promise<number> {
  const takesRoom = sql`(t.status in ('pending', 'in_progress') or t.reason = 'budget')`
  const open = definition
    ? sql`select count(*)::int as open from runs r where r.batch_id = ${id} and r.status = 'in_progress'
        and exists (select from tasks t where t.run_id = r.id and ${takesRoom})`
    : sql`select count(*)::int as open from tasks t where t.batch_id = ${id} and ${takesRoom}`
  const { rows } = await tx.execute<{ open: number }>(open)
  return Math.max(0, (definition ? OPEN_RUNS : OPEN_TASKS) - (rows[0]?.open ?? 0))
}

export type NextItem = { row: number; document: UsedDocument | null }

async function nextRows(tx: Tx, id: string, room: number): Promise<NextItem[]> {
  const { rows } = await tx.execute<{ row: number }>(sql`
    select row from batch_items
    where batch_id = ${id} and task_id is null and run_id is null and error is null order by row limit ${room}`)
  return rows.map(({ row }) => ({ row, document: null }))
}

async function startTasks({ tx, queue }: Powers, batch: FedBatch, items: readonly NextItem[]): Promise<void> {
  const { worker, workspace_id: workspaceId, engine } = batch
  if (items.length === 0 || worker === null) return
  const places = await takePlaces(tx, { queue: worker, workspaceId, priority: PRIORITY, count: items.length })
  const tasks = items.map((item, index) => ({ ...item, id: newId(), ...(places[index] as Place) }))
  const asked: Asked = { engine, priority: PRIORITY, notBefore: null }
  const given = JSON.stringify(tasks.map(({ row, id, tag }) => ({ row, id, tag })))
  await tx.execute(sql`
    with d as (select * from jsonb_to_recordset(${given}::jsonb) as d(row int, id uuid, tag bigint)),
    t as (
      insert into tasks (id, workspace_id, worker, title, submitted_by, api_key_id, engine, priority, options, text_sha256,
        preview, tag, seq, batch_id, budget_id)
      select d.id, b.workspace_id, b.worker, i.title, b.submitted_by, b.api_key_id, b.engine, ${PRIORITY}, b.options,
        i.text_sha256, i.preview, d.tag, 1, b.id, ${batch.budget_id}::uuid
      from d join batch_items i on i.batch_id = ${batch.id} and i.row = d.row join batches b on b.id = i.batch_id
      returning id),
    e as (insert into events (workspace_id, task_id, seq, type, actor, data)
      select ${workspaceId}::uuid, id, 1, 'submitted', ${JSON.stringify(batch.actor)}::jsonb,
        ${JSON.stringify(asked)}::jsonb from t)
    update batch_items i set task_id = d.id from d where i.batch_id = ${batch.id} and i.row = d.row`)
  for (const { id, document } of tasks)
    if (document) await keepUse(ctxOf({ tx, queue }, batch), document, { taskId: id })
  await queue.send(
    tx,
    worker,
    tasks.map(({ id, tag, priority }) => ({ id, tag, priority, engine })),
  )
}

/** As whoever started the batch, whose rights were looked at then. */
function ctxOf({ tx, queue }: Powers, { workspace_id: workspaceId, actor }: FedBatch): Ctx {
  return { tx, queue, workspaceId, actor, access: 'system', requestId: 'batch' }
}

type Text = { row: number; title: string; body: string }

async function startRuns(
  powers: Powers,
  batch: FedBatch,
  definition: WorkflowDefinition,
  items: readonly NextItem[],
  strict: boolean,
): Promise<void> {
  if (items.length === 0) return
  const documents = new Map(items.map(({ row, document }) => [row, document]))
  const rows = items.map(({ row }) => row)
  const { rows: texts } = await powers.tx.execute<Text>(sql`
    select i.row, i.title, x.body from batch_items i
    join texts x on x.workspace_id = i.workspace_id and x.sha256 = i.text_sha256
    where i.batch_id = ${batch.id} and i.row = any(${sql.param(rows)}::int[]) order by i.row`)
  for (const text of texts)
    await startOneRun(powers, batch, definition, { ...text, document: documents.get(text.row) ?? null }, strict)
}

async function startOneRun(
  { tx, queue }: Powers,
  batch: FedBatch,
  definition: WorkflowDefinition,
  { row, title, body, document }: Text & Pick<NextItem, 'document'>,
  strict: boolean,
): Promise<void> {
  const { engine } = batch
  const ctx = ctxOf({ tx, queue }, batch)
  const input = { text: body, ...(document ? { document } : {}) }
  const options = batch.options as Record<string, Record<string, unknown>>
  const request = { input, engine, priority: PRIORITY, title, options } as const
  try {
    const { workflow_id: id, workflow_version: version } = batch
    const stored = id === null || version === null ? null : { id, version }
    const runId = await beginRun(ctx, definition, request, { stored, budgetId: batch.budget_id })
    await tx.execute(sql`update runs set batch_id = ${batch.id} where id = ${runId}`)
    await tx.execute(sql`update batch_items set run_id = ${runId} where batch_id = ${batch.id} and row = ${row}`)
  } catch (error) {
    if (strict || !(error instanceof InvalidInput)) throw error
    const stored: TaskError = { code: 'not_startable', message: error.message }
    await tx.execute(sql`update batch_items set error = ${JSON.stringify(stored)}::jsonb
      where batch_id = ${batch.id} and row = ${row}`)
  }
}
