// Reads the items of a batch, in their order, each with where its task or run stands.
import { type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { InvalidInput, NotFound } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import type { TaskSummary } from '#lib/tasks/shapes.ts'
import type { TaskError } from '#lib/tasks/states.ts'
import { selectSummaries, type SummaryRow, summaryOf } from '#lib/tasks/summary.ts'
import type { ResultInfo } from '#lib/workers/define.ts'
import { needsPerson, stateOf } from './queries.ts'
import { runTree } from './run-tree.ts'
import { batchId, type ItemQuery, itemQuery, NEEDY } from './requests.ts'
import type { BatchItem, ItemPage } from './shapes.ts'
import type { ItemState } from './states.ts'

type ItemRow = {
  row: number
  title: string
  preview: string
  cells: string[] | null
  state: ItemState
  needs_person: boolean
  place: number
  task_id: string | null
  run_id: string | null
  document_id: string | null
  run_started: string | null
  run_ended: string | null
  error: TaskError | null
}

/** `cells` are those of the table's row, `info` of its result. */
export type ReadItem = {
  item: BatchItem
  /** In the order that was asked for. */ place: number
  cells: string[] | null
  info: ResultInfo | null
}

/** @throws Forbidden; NotFound; InvalidInput */
export async function listItems(ctx: Ctx, id: string, query: ItemQuery = {}): Promise<ItemPage> {
  requireAccess(ctx, 'batch.read')
  const parsed = itemQuery.safeParse(query)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const { limit, ...chosen } = parsed.data
  const items = await readItems(ctx, id, { ...chosen, limit: limit + 1 })
  const page = items.slice(0, limit)
  return { items: page.map(({ item }) => item), after: items.length > limit ? (page.at(-1)?.place ?? null) : null }
}

type Chosen = Omit<z.output<typeof itemQuery>, 'order'> & Partial<Pick<z.output<typeof itemQuery>, 'order'>>

/** The caller has checked who asks. @throws NotFound */
export async function readItems(ctx: Ctx, id: string, { limit, after, order, ...chosen }: Chosen): Promise<ReadItem[]> {
  const { tx, workspaceId } = ctx
  if (!batchId.safeParse(id).success) throw new NotFound('The batch')
  const found = await tx.execute(sql`select from batches where workspace_id = ${workspaceId} and id = ${id}`)
  if (found.rows.length === 0) throw new NotFound('The batch')
  const place =
    order === 'needs' ? sql`case when ${needsPerson()} then i.row - ${NEEDY}::int else i.row end` : sql`i.row`
  const { rows } = await tx.execute<ItemRow>(sql`
    select i.row, i.title, i.preview, i.cells, ${stateOf()} as state, ${needsPerson()} as needs_person, ${place} as place,
      i.task_id, i.run_id, i.document_id, i.error, r.created_at as run_started, r.finished_at as run_ended
    from batches b join batch_items i on i.batch_id = b.id
    left join tasks t on t.id = i.task_id left join runs r on r.id = i.run_id
    where b.id = ${id} and ${place} > ${after ?? -NEEDY}::int and ${conditionOf(chosen)}
    order by ${place} limit ${limit}`)
  const tasks = await tasksOfItems(ctx, rows)
  const runs = await sumsOfRuns(ctx, rows)
  return rows.map((row) => itemOf(row, tasks.get(row.task_id ?? ''), runs.get(row.run_id ?? '')))
}

function conditionOf({ state, needs, search }: Pick<Chosen, 'state' | 'needs' | 'search'>): SQL {
  const conditions = [sql`true`]
  if (state !== undefined) conditions.push(sql`${stateOf()} = ${state}`)
  if (needs !== undefined) conditions.push(needsPerson())
  if (search !== undefined) {
    const like = `%${search.replace(/[\\%_]/g, '\\$&')}%`
    // As the result's JSON has it, where a quotation mark has a backslash before it.
    const inJson = `%${JSON.stringify(search)
      .slice(1, -1)
      .replace(/[\\%_]/g, '\\$&')}%`
    conditions.push(sql`(i.title ilike ${like} or i.preview ilike ${like} or t.result::text ilike ${inJson}
      or exists (select from tasks x where x.run_id = i.run_id and x.result::text ilike ${inJson}))`)
  }
  return sql.join(conditions, sql` and `)
}

type ItemTask = { summary: TaskSummary; result: unknown; info: ResultInfo | null }

async function tasksOfItems({ tx }: Ctx, rows: readonly ItemRow[]): Promise<Map<string, ItemTask>> {
  const ids = rows.flatMap(({ task_id }) => task_id ?? [])
  if (ids.length === 0) return new Map()
  const { rows: tasks } = await tx.execute<SummaryRow & Omit<ItemTask, 'summary'>>(
    selectSummaries(sql`select unnest(${sql.param(ids)}::uuid[])`, sql`, t.result, t.info`),
  )
  return new Map(tasks.map((task) => [task.id, { summary: summaryOf(task), result: task.result, info: task.info }]))
}

type RunSums = { run_id: string; calls: number; tokens: number; cost_micros: number | null; failed: TaskError | null }

async function sumsOfRuns({ tx }: Ctx, rows: readonly ItemRow[]): Promise<Map<string, RunSums>> {
  const ids = rows.flatMap(({ run_id }) => run_id ?? [])
  if (ids.length === 0) return new Map()
  const { rows: sums } = await tx.execute<RunSums>(sql`
    select r.root as run_id, count(c.id)::int as calls,
      sum(coalesce(c.input_tokens, 0) + coalesce(c.output_tokens, 0))::float8 as tokens,
      case when count(c.id) = count(c.cost_micros) then sum(c.cost_micros)::float8 end as cost_micros,
      (array_agg(t.error) filter (where t.status = 'failed' and t.error is not null))[1] as failed
    from (${runTree(sql`id = any(${sql.param(ids)}::uuid[])`)}) r
    join tasks t on t.run_id = r.id left join calls c on c.task_id = t.id group by r.root`)
  return new Map(sums.map((sum) => [sum.run_id, sum]))
}

function itemOf(row: ItemRow, task: ItemTask | undefined, run: RunSums | undefined): ReadItem {
  const { row: number, title, preview, cells, state, task_id: taskId, run_id: runId, document_id: documentId } = row
  const item = { row: number, title, preview, state, needsPerson: row.needs_person, taskId, runId, documentId }
  const { place } = row
  if (task) {
    const { reason, waitedMs, workedMs, tokens, costMicros, error } = task.summary
    const { info, result } = task
    return { cells, info, place, item: { ...item, reason, waitedMs, workedMs, tokens, costMicros, error, result } }
  }
  const called = run !== undefined && run.calls > 0
  return {
    cells,
    info: null,
    place,
    item: {
      ...item,
      reason: null,
      waitedMs: 0,
      workedMs: runTime(row),
      tokens: called ? run.tokens : null,
      costMicros: called ? run.cost_micros : null,
      error: row.error ?? run?.failed ?? null,
      result: null,
    },
  }
}

function runTime({ run_started, run_ended }: ItemRow): number {
  if (run_started === null) return 0
  const end = run_ended === null ? Date.now() : new Date(run_ended).getTime()
  return Math.max(0, end - new Date(run_started).getTime())
}
