// Runs a workflow again from one of its steps on, in the version of the earlier run: what had ended before that step is
// taken over, with its results, and costs nothing again.
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { keepUseAgain } from '#lib/documents/uses.ts'
import { InvalidInput, NotFound } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import { type Idempotency, keepKeyOfRun, replayed } from '#lib/tasks/idempotency.ts'
import type { Engine, Priority } from '#lib/tasks/states.ts'
import { documentText } from '#lib/workers/define.ts'
import { advanceRuns } from './advance.ts'
import type { PinnedDefinition } from './definition.ts'
import { stepsFrom } from './graph-issues.ts'
import { insertRun } from './insert-run.ts'
import { sourceOf } from './mapping.ts'
import { runId } from './requests.ts'
import { checkOptions, type Started } from './start.ts'

export const rerunRequest = z.strictObject({
  /** The step that runs again, with all that come after it. */
  from: z.string().max(60),
  /** In place of the earlier run's text, for the steps that run again. */
  input: z.strictObject({ text: documentText }).optional(),
  /** Of steps that run again, in place of those of the earlier run. */
  options: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
})
export type RerunRequest = z.input<typeof rerunRequest>

type Row = {
  definition: PinnedDefinition
  workflow_id: string | null
  version: number | null
  planned_by: string | null
  title: string
  text_sha256: Buffer
  preview: string
  engine: Engine
  priority: Priority
  tags: string[]
  external_id: string | null
  /** Null when that time has passed. */
  due_at: string | null
  options: Record<string, Record<string, unknown>>
}

/** @throws Forbidden; NotFound; InvalidInput */
export async function rerunFrom(
  ctx: Ctx,
  id: string,
  request: RerunRequest,
  idempotency?: Idempotency,
): Promise<Started> {
  requireAccess(ctx, 'run.start')
  const known = idempotency ? await replayed(ctx, idempotency) : null
  if (known) return { id: known, replayed: true }
  if (!runId.safeParse(id).success) throw new NotFound('The run')
  const parsed = rerunRequest.safeParse(request)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const { from, input, options = {} } = parsed.data
  const earlier = await readRun(ctx, id)
  const { steps } = earlier.definition
  const again = stepsFrom(steps, from)
  if (!steps.some(({ name }) => name === from))
    throw new InvalidInput([{ path: 'from', message: `The run has no step named "${from.slice(0, 60)}".` }])
  const kept = Object.keys(options).find((name) => !again.has(name))
  if (kept !== undefined)
    throw new InvalidInput([
      { path: `options.${kept}`, message: 'This step does not run again, so it keeps its options.' },
    ])
  const { tx, workspaceId, actor } = ctx
  const next = await insertRun(tx, {
    workspaceId,
    actor,
    submittedBy: actor.kind === 'user' ? actor.id : null,
    apiKeyId: actor.kind === 'key' ? actor.id : null,
    definition: earlier.definition,
    ...(earlier.workflow_id !== null && earlier.version !== null
      ? { stored: { id: earlier.workflow_id, version: earlier.version } }
      : {}),
    ...(earlier.planned_by === null ? {} : { plannedBy: earlier.planned_by }),
    text: input?.text ?? { sha256: earlier.text_sha256, preview: earlier.preview },
    title: earlier.title,
    engine: earlier.engine,
    priority: earlier.priority,
    tags: earlier.tags,
    externalId: earlier.external_id,
    dueAt: earlier.due_at,
    options: checkOptions(earlier.definition, { ...earlier.options, ...options }),
    replay: { of: id, from },
  })
  if (!input) await keepUseAgain(ctx, id, next)
  await takeOver(ctx, { from: id, to: next, again: [...again] })
  await advanceRuns(ctx, [next])
  if (idempotency) await keepKeyOfRun(ctx, idempotency, next)
  return { id: next, replayed: false }
}

async function readRun({ tx, workspaceId }: Ctx, id: string): Promise<Row> {
  const { rows } = await tx.execute<Row>(sql`
    select r.definition, r.workflow_id, r.version, r.planned_by, r.title, r.text_sha256, r.preview, r.engine, r.priority, r.tags,
      r.external_id, case when r.due_at > now() then r.due_at end as due_at,
      (select jsonb_object_agg(s.name, s.options) from steps s where s.run_id = r.id and s.item = 0) as options
    from runs r where r.workspace_id = ${workspaceId} and r.id = ${id}`)
  const row = rows[0]
  if (!row) throw new NotFound('The run')
  const working = new Set(
    row.definition.steps.flatMap(({ name, kind }) => (kind === 'worker' || kind === 'map' ? [name] : [])),
  )
  // What comes from other steps comes from them again.
  const fixed = (options: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(options).filter(([, value]) => sourceOf(value) === null))
  const own = Object.entries(row.options).filter(([name]) => working.has(name))
  return { ...row, options: Object.fromEntries(own.map(([name, options]) => [name, fixed(options)])) }
}

/** Steps and items of lists that had completed; all others run again. */
async function takeOver(
  { tx }: Ctx,
  { from, to, again }: { from: string; to: string; again: readonly string[] },
): Promise<void> {
  await tx.execute(sql`
    with kept as (
      select * from steps where run_id = ${from} and item = 0 and status = 'completed'
        and not (name = any(${sql.param(again)}::text[]))),
    own as (
      update steps s set status = 'completed', reused_task_id = coalesce(k.task_id, k.reused_task_id), output = k.output,
        branch = k.branch, child_run_id = k.child_run_id, started_at = k.started_at, finished_at = k.finished_at
      from kept k where s.run_id = ${to} and s.name = k.name and s.item = 0)
    insert into steps (workspace_id, run_id, name, item, status, options, part, reused_task_id, error, started_at, finished_at)
    select i.workspace_id, ${to}::uuid, i.name, i.item, i.status, i.options, i.part, coalesce(i.task_id, i.reused_task_id),
      i.error, i.started_at, i.finished_at
    from steps i join kept k on k.name = i.name where i.run_id = ${from} and i.item > 0`)
}
