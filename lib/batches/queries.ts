// Reads batches: a page of them, one with where each of its items stands, and a page of items.
import { type SQL, sql } from 'drizzle-orm'
import type { Actor } from '#lib/access/actor.ts'
import { requireAccess } from '#lib/access/policy.ts'
import { readBudget } from '#lib/budgets/queries.ts'
import type { Ctx } from '#lib/context.ts'
import { InvalidInput, NotFound } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import { cursorOf, idOfCursor } from '#lib/tasks/filters.ts'
import type { Engine } from '#lib/tasks/states.ts'
import { iso, isoOrNull } from '#lib/tasks/summary.ts'
import type { WorkflowDefinition } from '#lib/workflows/definition.ts'
import { workerNamed } from '#lib/workers/registry.ts'
import { runTree } from './run-tree.ts'
import { batchId, type BatchQuery, batchQuery } from './requests.ts'
import type { BatchDetail, BatchPage, BatchSummary, BatchTarget } from './shapes.ts'
import {
  type BatchState,
  CELLS,
  ITEM_STATES,
  type ItemCounts,
  type ItemState,
  noItems,
  statusOfBatch,
} from './states.ts'

type BatchRow = {
  id: string
  name: string
  state: BatchState
  held: boolean
  worker: string | null
  definition: WorkflowDefinition | null
  size: number
  columns: string[] | null
  actor: Actor
  created_at: string
}

/** Newest first. @throws Forbidden; InvalidInput */
export async function listBatches(ctx: Ctx, query: BatchQuery = {}): Promise<BatchPage> {
  requireAccess(ctx, 'batch.read')
  const parsed = batchQuery.safeParse(query)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const { cursor, limit } = parsed.data
  const before = cursor === undefined ? sql`true` : sql`b.id < ${idOfCursor(cursor)}`
  const { rows } = await ctx.tx.execute<BatchRow>(sql`
    select b.id, b.name, b.state, ${HELD} as held, b.worker, b.definition, b.size, b.columns, b.actor, b.created_at
    from batches b where b.workspace_id = ${ctx.workspaceId} and ${before} order by b.id desc limit ${limit + 1}`)
  const page = rows.slice(0, limit)
  const standings = await standingsOf(ctx, page)
  const last = page.at(-1)
  return {
    items: page.map((row) => summaryOf(row, standings.get(row.id) ?? NOTHING)),
    nextCursor: rows.length > limit && last ? cursorOf(last.id) : null,
  }
}

/** Of the batch `b`: tasks wait for room in its budget, and none works that could leave some. */
const HELD = sql`(exists (select from tasks t where t.budget_id = b.id and t.reason = 'budget')
  and not exists (select from tasks t where t.budget_id = b.id and t.status in ('pending', 'in_progress')))`

type Standing = { counts: Partial<ItemCounts>; finishedAt: string | null }
const NOTHING: Standing = { counts: {}, finishedAt: null }

/** Counted where they are few: an item without task, run or error is what remains of the batch's size. */
async function standingsOf({ tx }: Ctx, batches: readonly BatchRow[]): Promise<Map<string, Standing>> {
  const ids = batches.map(({ id }) => id)
  if (ids.length === 0) return new Map()
  const wanted = sql`any(${sql.param(ids)}::uuid[])`
  const { rows } = await tx.execute<{ batch_id: string; status: ItemState; count: number; ended: string | null }>(sql`
    select batch_id, case when reason = 'paused' then 'not_yet' else status end as status, count(*)::int as count,
        max(finished_at) as ended
      from tasks where batch_id = ${wanted} group by 1, 2
    union all
    select batch_id, status, count(*)::int, max(finished_at) from runs where batch_id = ${wanted} group by 1, 2
    union all
    select batch_id, 'failed', count(*)::int, null from batch_items
      where batch_id = ${wanted} and error is not null group by 1`)
  const standings = new Map<string, Standing>()
  for (const { batch_id, status, count, ended } of rows) {
    const standing = standings.get(batch_id) ?? { counts: {}, finishedAt: null }
    standing.counts[status] = (standing.counts[status] ?? 0) + count
    if (ended !== null && (standing.finishedAt === null || iso(ended) > standing.finishedAt))
      standing.finishedAt = iso(ended)
    standings.set(batch_id, standing)
  }
  return standings
}

function summaryOf(row: BatchRow, standing: Standing): BatchSummary {
  const counts: ItemCounts = { ...noItems(), ...standing.counts }
  const started = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const rest = Math.max(0, row.size - started)
  counts[row.state === 'cancelled' ? 'cancelled' : 'not_yet'] += rest
  return withStatus(row, counts, standing.finishedAt)
}

function withStatus(row: BatchRow, counts: ItemCounts, endedAt: string | null): BatchSummary {
  const open = counts.not_yet + counts.pending + counts.in_progress + counts.blocked
  return {
    id: row.id,
    name: row.name,
    status: statusOfBatch(row.state, counts, row.held),
    target: targetOf(row),
    of: row.columns ? 'row' : 'file',
    size: row.size,
    counts,
    submittedBy: row.actor.kind === 'system' ? null : row.actor,
    createdAt: iso(row.created_at),
    finishedAt: open === 0 ? (endedAt ?? iso(row.created_at)) : null,
  }
}

function targetOf({ worker, definition }: BatchRow): BatchTarget {
  if (definition) return { kind: 'workflow', name: definition.name, title: definition.title }
  return { kind: 'worker', name: worker ?? '', title: workerNamed(worker ?? '').title }
}

const STATES = new Map(ITEM_STATES.map((state) => [CELLS[state], state]))

type DetailRow = BatchRow & {
  options: Record<string, unknown>
  engine: Engine
  text_column: number | null
  cells: string | null
  ended_at: string | null
  last_minute: number
  unusable: number
  needs_person: number
  calls: string
  tokens: string | null
  cost_micros: string | null
}

/** @throws Forbidden; NotFound, also for another workspace's batch. */
export async function getBatch(ctx: Ctx, id: string): Promise<BatchDetail> {
  requireAccess(ctx, 'batch.read')
  if (!batchId.safeParse(id).success) throw new NotFound('The batch')
  const { rows } = await ctx.tx.execute<DetailRow>(sql`
    select b.id, b.name, b.state, ${HELD} as held, b.worker, b.definition, b.size, b.actor, b.created_at, b.options,
      b.engine, b.columns, b.text_column, s.*, c.*
    from batches b
    left join lateral (
      select string_agg(${letterOf()}, '' order by i.row) as cells,
        max(coalesce(t.finished_at, r.finished_at)) as ended_at,
        (count(*) filter (where coalesce(t.finished_at, r.finished_at) > now() - interval '1 minute'))::int as last_minute,
        (count(*) filter (where i.error is not null))::int as unusable,
        (count(*) filter (where ${needsPerson()}))::int as needs_person
      from batch_items i left join tasks t on t.id = i.task_id left join runs r on r.id = i.run_id
      where i.batch_id = b.id) s on true
    left join lateral (
      select count(*) as calls, sum(coalesce(c.input_tokens, 0) + coalesce(c.output_tokens, 0)) as tokens,
        case when count(*) = count(c.cost_micros) then sum(c.cost_micros) end as cost_micros
      from calls c where c.workspace_id = b.workspace_id and c.task_id in (
        select t.id from tasks t where t.batch_id = b.id
        union all
        select t.id from (${runTree(sql`batch_id = ${id}`)}) r join tasks t on t.run_id = r.id)) c on true
    where b.workspace_id = ${ctx.workspaceId} and b.id = ${id}`)
  const row = rows[0]
  if (!row) throw new NotFound('The batch')
  const cells = row.cells ?? ''
  const counts = noItems()
  for (const letter of cells) counts[STATES.get(letter) ?? 'not_yet'] += 1
  return {
    ...withStatus(row, counts, isoOrNull(row.ended_at)),
    engine: row.engine,
    options: row.options,
    columns: row.columns,
    textColumn: row.columns?.[row.text_column ?? -1] ?? null,
    cells,
    endedLastMinute: row.last_minute,
    retryable: counts.failed - row.unusable,
    needsPerson: row.needs_person,
    tokens: row.calls === '0' ? null : Number(row.tokens),
    costMicros: row.cost_micros === null ? null : Number(row.cost_micros),
    budget: await readBudget(ctx, id),
  }
}

/** Of an item `i` of the batch `b`, with its task `t` or its run `r`. One that its batch holds back has not begun. */
export function stateOf(): SQL {
  return sql`case when i.error is not null then 'failed'
    when i.task_id is null and i.run_id is null then case when b.state = 'cancelled' then 'cancelled' else 'not_yet' end
    when t.reason = 'paused' then 'not_yet'
    else coalesce(t.status, r.status) end`
}

/** Of the same: it failed, waits for a model or its provider, or a decision of its run is asked for. */
export function needsPerson(): SQL {
  return sql`coalesce(${stateOf()} = 'failed' or t.reason in ('needs_model', 'provider') or (r.status = 'in_progress'
    and exists (select from steps s where s.run_id = r.id and s.status = 'in_progress' and s.task_id is null and s.item = 0
      and jsonb_path_exists(r.definition, '$.steps[*] ? (@.name == $name && @.kind == "approval")',
        jsonb_build_object('name', s.name)))), false)`
}

function letterOf(): SQL {
  const letters = ITEM_STATES.map((state) => sql`when ${state} then ${CELLS[state]}::text`)
  return sql`case ${stateOf()} ${sql.join(letters, sql` `)} end`
}
