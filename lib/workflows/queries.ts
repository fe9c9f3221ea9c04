// Reads runs: a page of them, and one with everything its steps have made.
import { sql } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Actor } from '#lib/access/actor.ts'
import type { Ctx } from '#lib/context.ts'
import type { UsedDocument } from '#lib/documents/shapes.ts'
import { usedDocument } from '#lib/documents/uses.ts'
import { InvalidInput, NotFound } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import { cursorOf } from '#lib/tasks/filters.ts'
import type { Priority } from '#lib/tasks/states.ts'
import { iso, isoOrNull } from '#lib/tasks/summary.ts'
import { approvalOf, decisionOf } from './approvals.ts'
import type { PinnedDefinition } from './definition.ts'
import { runId, type RunQuery, runQuery } from './requests.ts'
import { runConditions } from './run-filters.ts'
import { countItems, NO_ITEMS } from './count-items.ts'
import { readSteps, STANDING, stepsInOrder, WHOLE } from './read-steps.ts'
import { type Around, boardStep, runStep, shownStatus } from './run-step.ts'
import type { RunBoard, RunDetail, RunPage, RunStep, RunSummary, StepContent } from './shapes.ts'
import type { RunStatus } from './states.ts'
import type { TaskSummary } from '#lib/tasks/shapes.ts'

type RunRow = {
  id: string
  definition: PinnedDefinition
  version: number | null
  status: RunStatus
  title: string
  preview: string
  priority: Priority
  tags: string[]
  external_id: string | null
  due_at: string | null
  not_before: string | null
  actor: Actor
  created_at: string
  finished_at: string | null
  trigger: RunSummary['trigger']
}

/** What set the run off; null as well once that is deleted. */
const TRIGGER = sql`(
      select json_build_object('id', g.id, 'title', g.title, 'workflow', g.workflow)
      from firings f join triggers g on g.workspace_id = f.workspace_id and g.id = f.trigger_id
      where f.workspace_id = r.workspace_id and f.run_id = r.id) as trigger`

const COLUMNS = sql`r.id, r.definition, r.version, r.status, r.title, r.preview, r.priority, r.tags, r.external_id, r.due_at,
  r.not_before, r.actor, r.created_at, r.finished_at, ${TRIGGER}`

/** Newest first. @throws Forbidden; InvalidInput */
export async function listRuns(ctx: Ctx, query: RunQuery = {}): Promise<RunPage> {
  requireAccess(ctx, 'run.read')
  const parsed = runQuery.safeParse(query)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const { limit, ...filter } = parsed.data
  const { rows } = await ctx.tx.execute<RunRow>(sql`
    select ${COLUMNS} from runs r
    where r.workspace_id = ${ctx.workspaceId} and r.parent_run_id is null and ${runConditions(ctx, filter)}
    order by r.id desc limit ${limit + 1}`)
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
      steps: stepsInOrder(row.definition, stepsOf.get(row.id) ?? []).map(({ step, task }) => ({
        name: step.name,
        status: shownStatus(step, task?.status),
        reason: step.skipped_by === null ? (task?.reason ?? null) : null,
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
  const { rows } = await ctx.tx.execute<RunRow & WholeRow>(sql`
    select ${COLUMNS}, r.submitted_by, r.parent_run_id, r.parent_step, r.replay_of, r.replay_from, r.planned_by, x.body,
      ${usedDocument(sql`d.run_id = r.id`)} as document
    from runs r join texts x on x.workspace_id = r.workspace_id and x.sha256 = r.text_sha256
    where r.workspace_id = ${ctx.workspaceId} and r.id = ${id}`)
  const row = rows[0]
  if (!row) throw new NotFound('The run')
  const stepsOf = await readSteps(ctx, [id], WHOLE)
  const stored = stepsInOrder(row.definition, stepsOf.get(row.id) ?? [])
  const around = aroundOf(row, stored)
  const steps: RunStep[] = []
  for (const one of stored)
    steps.push(runStep(one, around, await approvalOf(ctx, { ...row, workspace_id: ctx.workspaceId }, one)))
  return { ...summary(row), text: row.body, ...origin(row), steps, ...spentBy(steps) }
}

/** The same without its text and what its steps have made: a fraction of the size. @throws as `getRun` does. */
export async function getRunBoard(ctx: Ctx, id: string): Promise<RunBoard> {
  requireAccess(ctx, 'run.read')
  if (!runId.safeParse(id).success) throw new NotFound('The run')
  const { rows } = await ctx.tx.execute<RunRow & OriginRow & { submitted_by: string | null }>(sql`
    select ${COLUMNS}, r.submitted_by, r.parent_run_id, r.parent_step, r.replay_of, r.replay_from, r.planned_by,
      ${usedDocument(sql`d.run_id = r.id`)} as document
    from runs r where r.workspace_id = ${ctx.workspaceId} and r.id = ${id}`)
  const row = rows[0]
  if (!row) throw new NotFound('The run')
  const stepsOf = await readSteps(ctx, [id], STANDING)
  const stored = stepsInOrder(row.definition, stepsOf.get(row.id) ?? [])
  const around = aroundOf(row, stored)
  const counts = await countItems(ctx, id)
  const steps = stored.map((one) =>
    boardStep(one, around, counts.get(one.step.name) ?? NO_ITEMS, decisionOf(ctx, row, one)),
  )
  return { ...summary(row), ...origin(row), steps, ...spentBy(steps) }
}

/** What one step has made and asks. @throws Forbidden; NotFound */
export async function getStepContent(ctx: Ctx, id: string, name: string): Promise<StepContent> {
  requireAccess(ctx, 'run.read')
  if (!runId.safeParse(id).success) throw new NotFound('The run')
  const { rows } = await ctx.tx.execute<{ id: string; definition: PinnedDefinition; submitted_by: string | null }>(sql`
    select r.id, r.definition, r.submitted_by from runs r where r.workspace_id = ${ctx.workspaceId} and r.id = ${id}`)
  const row = rows[0]
  const stepsOf = row ? await readSteps(ctx, [id], WHOLE, name) : null
  const one = row ? stepsInOrder(row.definition, stepsOf?.get(id) ?? [])[0] : undefined
  if (!row || !one) throw new NotFound('The step')
  const approval = await approvalOf(ctx, { ...row, workspace_id: ctx.workspaceId }, one)
  const { result, partial, info, items } = runStep(one, { steps: [], standing: new Map(), held: false }, approval)
  return { name, result, partial, info, items, approval }
}

function aroundOf({ definition: { steps }, not_before }: RunRow, stored: readonly Shown[]): Around {
  const standing = stored.map(
    ({ step, task }) => [step.name, { status: shownStatus(step, task?.status), branch: step.branch }] as const,
  )
  const held = not_before !== null && new Date(not_before).getTime() > Date.now()
  return { steps, standing: new Map(standing), held }
}

type Shown = ReturnType<typeof stepsInOrder<TaskSummary>>[number]

type WholeRow = OriginRow & { body: string; submitted_by: string | null }
type OriginRow = {
  document: UsedDocument | null
  parent_run_id: string | null
  parent_step: string | null
  replay_of: string | null
  replay_from: string | null
  planned_by: string | null
}

function origin(row: OriginRow): Pick<RunDetail, 'document' | 'parent' | 'replay' | 'plannedBy'> {
  return {
    document: row.document,
    parent: row.parent_run_id === null ? null : { runId: row.parent_run_id, step: row.parent_step ?? '' },
    replay: row.replay_of === null ? null : { of: row.replay_of, from: row.replay_from ?? '' },
    plannedBy: row.planned_by,
  }
}

type Spender = Pick<RunStep, 'tokens' | 'costMicros'>

function spentBy(steps: readonly Spender[]): Pick<RunDetail, 'tokens' | 'costMicros'> {
  const called = steps.filter(({ tokens }) => tokens !== null)
  return {
    tokens: called.length === 0 ? null : called.reduce((sum, { tokens }) => sum + (tokens ?? 0), 0),
    costMicros: costOf(called),
  }
}

function costOf(called: readonly Spender[]): number | null {
  if (called.length === 0 || called.some(({ costMicros }) => costMicros === null)) return null
  return called.reduce((sum, { costMicros }) => sum + (costMicros ?? 0), 0)
}

function summary(row: RunRow): Omit<RunSummary, 'steps'> {
  const { actor } = row
  return {
    id: row.id,
    workflow: { name: row.definition.name, title: row.definition.title, version: row.version },
    status: row.status,
    title: row.title,
    preview: row.preview,
    priority: row.priority,
    tags: row.tags.toSorted(),
    externalId: row.external_id,
    dueAt: isoOrNull(row.due_at),
    notBefore: isoOrNull(row.not_before),
    submittedBy: actor.kind === 'system' ? null : actor,
    trigger: row.trigger,
    createdAt: iso(row.created_at),
    finishedAt: isoOrNull(row.finished_at),
  }
}
