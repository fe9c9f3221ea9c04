// What has happened in a run, newest first: the events of its tasks, and those of the run and of its steps without tasks.
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Actor } from '#lib/access/actor.ts'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { InvalidInput, NotFound } from '#lib/errors.ts'
import { fieldIssues } from '#lib/issues.ts'
import { MAX_PAGE } from '#lib/tasks/requests.ts'
import { iso } from '#lib/tasks/summary.ts'
import type { PinnedDefinition } from './definition.ts'
import { runEventWords, taskEventWords, type TaskHappening } from './event-words.ts'
import { runId } from './requests.ts'
import type { RunEvent, RunEventPage } from './shapes.ts'
import type { RunEventType } from './states.ts'

export const happenedQuery = z.strictObject({
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
})
export type HappenedQuery = z.input<typeof happenedQuery>

type Row = { key: string; at: string; total: string; step: string | null; actor: Actor | null } & (
  | { task_id: null; type: RunEventType; words: string | null; items: string }
  | ({ task_id: string; item: number; label: string | null; cost_micros: string | null } & TaskHappening)
)

/** Said once for many: a task was submitted when its step became ready, and its calls stand with the task. */
const LEFT_OUT = ['submitted', 'called']

/** @throws Forbidden; NotFound; InvalidInput */
export async function runHappened(ctx: Ctx, id: string, query: HappenedQuery = {}): Promise<RunEventPage> {
  requireAccess(ctx, 'run.read')
  if (!runId.safeParse(id).success) throw new NotFound('The run')
  const parsed = happenedQuery.safeParse(query)
  if (!parsed.success) throw new InvalidInput(fieldIssues(parsed.error))
  const { cursor, limit } = parsed.data
  const { rows: runs } = await ctx.tx.execute<{ definition: PinnedDefinition }>(
    sql`select definition from runs where workspace_id = ${ctx.workspaceId} and id = ${id}`,
  )
  const definition = runs[0]?.definition
  if (!definition) throw new NotFound('The run')
  const before = cursor === undefined ? null : placeOf(cursor)
  const older = before === null ? sql`true` : sql`(at, key) < (${before.at}::timestamptz, ${before.key} collate "C")`
  const { rows } = await ctx.tx.execute<Row & { place: string }>(sql`
    with happened as materialized (
      select e.at, (e.task_id || lpad(e.seq::text, 10, '0')) collate "C" as key, e.task_id, e.seq, null::bigint as id
      from steps s join events e on e.task_id = s.task_id
      where s.workspace_id = ${ctx.workspaceId} and s.run_id = ${id} and not (e.type = any(${sql.param(LEFT_OUT)}::text[]))
      union all
      select at, lpad(id::text, 20, '0') collate "C", null, null, id from run_events
      where workspace_id = ${ctx.workspaceId} and run_id = ${id}),
    page as (select * from happened where ${older} order by at desc, key desc limit ${limit + 1})
    select p.key, p.at, p.at::text as place, (select count(*) from happened) as total, p.task_id,
      coalesce(e.type, r.type) as type, coalesce(s.name, r.step) as step, s.item, s.part ->> 'label' as label,
      coalesce(e.actor, r.actor) as actor, r.words, e.data, t.worker,
      case when e.type = 'completed' then t.result end as result,
      case when e.type in ('failed', 'retry_scheduled') then t.error end as error, c.cost_micros,
      (select count(*) from steps i where i.run_id = r.run_id and i.name = r.step and i.item > 0) as items
    from page p
    left join run_events r on r.run_id = ${id} and r.id = p.id
    left join events e on e.task_id = p.task_id and e.seq = p.seq
    left join tasks t on t.id = p.task_id
    left join steps s on s.task_id = p.task_id
    left join lateral (
      select case when count(*) = count(cost_micros) then sum(cost_micros) end as cost_micros from calls
      where calls.task_id = p.task_id and e.type in ('completed', 'failed') having count(*) > 0) c on true
    order by p.at desc, p.key desc`)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map((row) => eventOf(row, definition)),
    total: Number(rows[0]?.total ?? 0),
    nextCursor: last ? Buffer.from(`${last.place}|${last.key}`).toString('base64url') : null,
  }
}

function eventOf(row: Row, definition: PinnedDefinition): RunEvent {
  const step = definition.steps.find(({ name }) => name === row.step)
  const common = {
    id: row.key,
    at: iso(row.at),
    step: row.step,
    title: step?.title ?? definition.title,
    type: row.type,
    by: row.actor === null || row.actor.kind === 'system' ? null : row.actor.name,
    taskId: row.task_id,
  }
  if (row.task_id === null)
    return { ...common, item: null, words: row.words ?? runEventWords(row, step ?? null), costMicros: null }
  return {
    ...common,
    item: row.item === 0 ? null : (row.label ?? `Item ${row.item}`),
    words: taskEventWords(row),
    costMicros: row.cost_micros === null ? null : Number(row.cost_micros),
  }
}

/** @throws InvalidInput */
function placeOf(cursor: string): { at: string; key: string } {
  const [, at, key] =
    /^(\d{4}-[\d :.+-]{10,40})\|([0-9a-f-]{20,46})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (at === undefined || key === undefined || Number.isNaN(Date.parse(at)))
    throw new InvalidInput([
      { path: 'cursor', message: 'This is not a cursor of this list. Start from the first page.' },
    ])
  return { at, key }
}
