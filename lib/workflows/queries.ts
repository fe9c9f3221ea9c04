// Reads runs: a page of them, and one with everything its steps have made.
import { type SQL, sql } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Actor } from '#lib/access/actor.ts'
import type { Ctx } from '#lib/context.ts'
import { InvalidInput, NotFound } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import { cursorOf, idOfCursor } from '#lib/tasks/filters.ts'
import type { Priority, Status } from '#lib/tasks/states.ts'
import { iso, isoOrNull, selectSummaries, type SummaryRow, summaryOf } from '#lib/tasks/summary.ts'
import type { TaskSummary } from '#lib/tasks/shapes.ts'
import type { ResultInfo } from '#lib/workers/define.ts'
import type { WorkflowDefinition } from './definition.ts'
import { runId, type RunQuery, runQuery } from './requests.ts'
import type { RunDetail, RunPage, RunStep, RunSummary } from './shapes.ts'
import type { RunStatus, StepStatus, StoredStepStatus } from './states.ts'

type RunRow = {
  id: string
  definition: WorkflowDefinition
  status: RunStatus
  title: string
  preview: string
  priority: Priority
  actor: Actor
  created_at: string
  finished_at: string | null
}

type StepRow = { run_id: string; name: string; status: StoredStepStatus; task_id: string | null }

/** Newest first. @throws Forbidden; InvalidInput */
export async function listRuns(ctx: Ctx, query: RunQuery = {}): Promise<RunPage> {
  requireAccess(ctx, 'run.read')
  const parsed = runQuery.safeParse(query)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const { workflow, cursor, limit } = parsed.data
  const before = cursor === undefined ? sql`true` : sql`r.id < ${idOfCursor(cursor)}`
  const named = workflow === undefined ? sql`true` : sql`r.workflow = ${workflow}`
  const { rows } = await ctx.tx.execute<RunRow>(sql`
    select r.id, r.definition, r.status, r.title, r.preview, r.priority, r.actor, r.created_at, r.finished_at
    from runs r where r.workspace_id = ${ctx.workspaceId} and ${before} and ${named} order by r.id desc limit ${limit + 1}`)
  const page = rows.slice(0, limit)
  const stepsOf = await readSteps(
    ctx,
    page.map(({ id }) => id),
    STANDING,
  )
  const last = page.at(-1)
  return {
    items: page.map((row) => ({
      ...summary(row),
      steps: inOrder(row, stepsOf.get(row.id) ?? []).map(({ step, task }) => ({
        name: step.name,
        status: shownStatus(step.status, task?.status),
        reason: task?.reason ?? null,
        waitedMs: task?.waitedMs ?? 0,
        workedMs: task?.workedMs ?? 0,
      })),
    })),
    nextCursor: rows.length > limit && last ? cursorOf(last.id) : null,
  }
}

/** @throws Forbidden; NotFound, also for another workspace's run. */
export async function getRun(ctx: Ctx, id: string): Promise<RunDetail> {
  requireAccess(ctx, 'run.read')
  if (!runId.safeParse(id).success) throw new NotFound('The run')
  const { rows } = await ctx.tx.execute<RunRow & { body: string }>(sql`
    select r.id, r.definition, r.status, r.title, r.preview, r.priority, r.actor, r.created_at, r.finished_at, x.body
    from runs r join texts x on x.workspace_id = r.workspace_id and x.sha256 = r.text_sha256
    where r.workspace_id = ${ctx.workspaceId} and r.id = ${id}`)
  const row = rows[0]
  if (!row) throw new NotFound('The run')
  const stepsOf = await readSteps(ctx, [id], WHOLE)
  const steps = inOrder(row, stepsOf.get(row.id) ?? []).map(({ step, task, definition }) =>
    runStep(definition, step, task),
  )
  const called = steps.filter(({ tokens }) => tokens !== null)
  return {
    ...summary(row),
    text: row.body,
    steps,
    tokens: called.length === 0 ? null : called.reduce((sum, { tokens }) => sum + (tokens ?? 0), 0),
    costMicros: costOf(called),
  }
}

function costOf(called: readonly RunStep[]): number | null {
  if (called.length === 0 || called.some(({ costMicros }) => costMicros === null)) return null
  return called.reduce((sum, { costMicros }) => sum + (costMicros ?? 0), 0)
}

function summary(row: RunRow): Omit<RunSummary, 'steps'> {
  const { actor } = row
  return {
    id: row.id,
    workflow: { name: row.definition.name, title: row.definition.title },
    status: row.status,
    title: row.title,
    preview: row.preview,
    priority: row.priority,
    submittedBy: actor.kind === 'system' ? null : actor,
    createdAt: iso(row.created_at),
    finishedAt: isoOrNull(row.finished_at),
  }
}

type StepTask = TaskSummary & { result: unknown; partial: Record<string, unknown> | null; info: ResultInfo | null }
type TaskRow = SummaryRow & { result: unknown; partial: Record<string, unknown> | null; info: ResultInfo | null }
type Stored<Task> = { step: StepRow; task: Task | null }
/** What of the steps' tasks is read. */
type Reading<Task> = { columns: SQL; task: (row: TaskRow) => Task }

/** Without results, which may be long: for lists. */
const STANDING: Reading<TaskSummary> = { columns: sql``, task: summaryOf }
const WHOLE: Reading<StepTask> = {
  columns: sql`, t.result, t.partial, t.info`,
  task: (row) => ({ ...summaryOf(row), result: row.result, partial: row.partial, info: row.info }),
}

async function readSteps<Task>(
  ctx: Ctx,
  ids: readonly string[],
  { columns, task }: Reading<Task>,
): Promise<Map<string, Stored<Task>[]>> {
  if (ids.length === 0) return new Map()
  const wanted = sql`any(${sql.param(ids)}::uuid[])`
  const { rows: steps } = await ctx.tx.execute<StepRow>(sql`
    select run_id, name, status, task_id from steps where workspace_id = ${ctx.workspaceId} and run_id = ${wanted}`)
  const { rows: tasks } = await ctx.tx.execute<TaskRow>(
    selectSummaries(sql`select id from tasks where workspace_id = ${ctx.workspaceId} and run_id = ${wanted}`, columns),
  )
  const byId = new Map(tasks.map((row) => [row.id, task(row)]))
  const stored = steps.map((step) => ({ step, task: byId.get(step.task_id ?? '') ?? null }))
  return Map.groupBy(stored, ({ step }) => step.run_id)
}

/** As the definition has them. */
function inOrder<Task>({ definition }: RunRow, stored: readonly Stored<Task>[]) {
  return definition.steps.flatMap((one) => {
    const found = stored.find(({ step }) => step.name === one.name)
    return found ? [{ ...found, definition: one }] : []
  })
}

/** An open step is where its task is; one that was retried after its run's last word is so already. */
function shownStatus(stored: StoredStepStatus, task: Status | undefined): StepStatus {
  return task ?? stored
}

function runStep(
  { name, title, worker, needs }: WorkflowDefinition['steps'][number],
  step: StepRow,
  task: StepTask | null,
): RunStep {
  return {
    name,
    title,
    worker,
    needs,
    status: shownStatus(step.status, task?.status),
    reason: task?.reason ?? null,
    taskId: step.task_id,
    waitedMs: task?.waitedMs ?? 0,
    workedMs: task?.workedMs ?? 0,
    tokens: task?.tokens ?? null,
    costMicros: task?.costMicros ?? null,
    result: task?.result ?? null,
    partial: task?.partial ?? null,
    info: task?.info ?? null,
    error: task?.error ?? null,
    startedAt: task?.startedAt ?? null,
    finishedAt: task?.finishedAt ?? null,
  }
}
