// The stored steps of runs with their tasks. Results, which may be long, only where they are asked for.
import { type SQL, sql } from 'drizzle-orm'
import type { Actor } from '#lib/access/actor.ts'
import type { Ctx } from '#lib/context.ts'
import type { TaskError } from '#lib/tasks/states.ts'
import type { TaskSummary } from '#lib/tasks/shapes.ts'
import { selectSummaries, type SummaryRow, summaryOf } from '#lib/tasks/summary.ts'
import type { ResultInfo } from '#lib/workers/define.ts'
import type { PinnedDefinition, StepDefinition } from './definition.ts'
import type { Branch } from './needs.ts'
import type { StepPart, StoredStepStatus } from './states.ts'

export type StepRow = {
  run_id: string
  name: string
  item: number
  status: StoredStepStatus
  part: StepPart | null
  /** Its own, or the one whose result it takes over. */
  task_id: string | null
  /** It had ended before its run began. */
  reused: boolean
  child_run_id: string | null
  output: unknown
  branch: Branch | null
  error: TaskError | null
  /** Of somebody who left it out. */
  skipped_by: Actor | null
  started_at: string | null
  wake_at: string | null
  finished_at: string | null
}

export type StepTask = TaskSummary & {
  result: unknown
  partial: Record<string, unknown> | null
  info: ResultInfo | null
}
type TaskRow = SummaryRow & { result: unknown; partial: Record<string, unknown> | null; info: ResultInfo | null }

export type Item<Task> = { step: StepRow; task: Task | null }
export type Stored<Task> = Item<Task> & { items: Item<Task>[] }

/** What of the steps' tasks is read. */
type Reading<Task> = { columns: SQL; task: (row: TaskRow) => Task; items: boolean; outputs: boolean }

/** For lists. */
export const STANDING: Reading<TaskSummary> = { columns: sql``, task: summaryOf, items: false, outputs: false }
export const WHOLE: Reading<StepTask> = {
  // What the items of a list have made is read task by task.
  columns: sql`, case when own.item = 0 then t.result end as result, case when own.item = 0 then t.partial end as partial,
    case when own.item < 2 then t.info end as info`,
  task: (row) => ({ ...summaryOf(row), result: row.result, partial: row.partial, info: row.info }),
  items: true,
  outputs: true,
}

/** By run. */
export async function readSteps<Task extends TaskSummary>(
  ctx: Ctx,
  ids: readonly string[],
  { columns, task, items, outputs }: Reading<Task>,
  /** Only this step. */
  name?: string,
): Promise<Map<string, Stored<Task>[]>> {
  if (ids.length === 0) return new Map()
  const which = sql`s.workspace_id = ${ctx.workspaceId} and s.run_id = any(${sql.param(ids)}::uuid[]) and ${items ? sql`true` : sql`s.item = 0`}
    and ${name === undefined ? sql`true` : sql`s.name = ${name}`}`
  const { rows: steps } = await ctx.tx.execute<StepRow>(sql`
    select s.run_id, s.name, s.item, s.status, s.part, coalesce(s.task_id, s.reused_task_id) as task_id,
      coalesce(s.finished_at < r.created_at, false) as reused, s.child_run_id,
      ${outputs ? sql`s.output` : sql`null`} as output, s.branch, s.error, s.skipped_by, s.started_at, s.wake_at, s.finished_at
    from steps s join runs r on r.id = s.run_id where ${which} order by s.run_id, s.name, s.item`)
  const { rows: tasks } = await ctx.tx.execute<TaskRow>(
    selectSummaries(
      sql`select coalesce(s.task_id, s.reused_task_id) from steps s where ${which}`,
      columns,
      sql`left join lateral (select min(s.item) as item from steps s
        where s.run_id = any(${sql.param(ids)}::uuid[]) and coalesce(s.task_id, s.reused_task_id) = t.id) own on true`,
    ),
  )
  const byId = new Map(tasks.map((row) => [row.id, task(row)]))
  const stored = steps.map((step) => ({ step, task: byId.get(step.task_id ?? '') ?? null }))
  return new Map(
    [...Map.groupBy(stored, ({ step }) => step.run_id)].map(([run, all]) => {
      const itemsOf = Map.groupBy(
        all.filter(({ step }) => step.item > 0),
        ({ step }) => step.name,
      )
      const own = all.filter(({ step }) => step.item === 0)
      return [run, own.map((one) => ({ ...one, items: itemsOf.get(one.step.name) ?? [] }))]
    }),
  )
}

/** As the definition has them. */
export function stepsInOrder<Task>(
  { steps }: PinnedDefinition,
  stored: readonly Stored<Task>[],
): (Stored<Task> & { definition: StepDefinition })[] {
  const byName = new Map(stored.map((one) => [one.step.name, one]))
  return steps.flatMap((definition) => {
    const found = byName.get(definition.name)
    return found ? [{ ...found, definition }] : []
  })
}
