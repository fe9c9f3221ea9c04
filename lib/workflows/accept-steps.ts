// Steps that have become ready get their tasks: those of one worker together, in the run's own line.
import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import type { Place } from '#lib/queue/tags.ts'
import { takePlaces } from '#lib/queue/tags.ts'
import type { Asked } from '#lib/tasks/accepted.ts'
import type { Priority } from '#lib/tasks/states.ts'
import { previewOf } from '#lib/tasks/title.ts'
import type { LockedRun, Powers } from './locked-run.ts'
import type { ReadyTask } from './work.ts'

/** Runs that have begun end before others begin: their further steps go in the next faster line. */
const FASTER: Record<Priority, Priority> = { low: 'normal', normal: 'high', high: 'urgent', urgent: 'urgent' }

export async function acceptSteps(
  powers: Powers,
  run: LockedRun,
  ready: readonly ReadyTask[],
  { begun }: { begun: boolean },
): Promise<void> {
  const texts = ready.map(({ text }) => (text === null ? null : createHash('sha256').update(text).digest('hex')))
  const withTexts = ready.map((task, index) => ({ ...task, sha256: texts[index] ?? null }))
  await insertTexts(powers, run, withTexts)
  // Transactions that touch several queues go through them in the order of their names.
  const groups = [...Map.groupBy(withTexts, ({ worker }) => worker)].sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [worker, steps] of groups) {
    const places = await takePlaces(powers.tx, {
      queue: worker,
      workspaceId: run.workspace_id,
      priority: begun ? FASTER[run.priority] : run.priority,
      count: steps.length,
    })
    const tasks = steps.map((step, index) => ({ ...step, id: newId(), ...(places[index] as Place) }))
    await insertTasks(powers, run, tasks)
    await powers.queue.send(
      powers.tx,
      worker,
      tasks.map(({ id, tag, priority, engine }) => ({ id, tag, priority, engine: engine ?? run.engine })),
    )
  }
}

type WithText = ReadyTask & { sha256: string | null }
type NewTask = WithText & Place & { id: string }

async function insertTexts({ tx }: Powers, run: LockedRun, tasks: readonly WithText[]): Promise<void> {
  const bodies = new Map(
    tasks.flatMap(({ text, sha256 }) => (text === null || sha256 === null ? [] : [[sha256, text]])),
  )
  if (bodies.size === 0) return
  // In one order, so that two runs with the same texts do not wait for each other.
  const sorted = [...bodies].sort(([a], [b]) => (a < b ? -1 : 1))
  await tx.execute(sql`
    insert into texts (workspace_id, sha256, body)
    select ${run.workspace_id}::uuid, decode(sha256, 'hex'), body
    from unnest(${sql.param(sorted.map(([sha256]) => sha256))}::text[], ${sql.param(sorted.map(([, body]) => body))}::text[])
      as d(sha256, body)
    on conflict do nothing`)
}

async function insertTasks({ tx }: Powers, run: LockedRun, tasks: readonly NewTask[]): Promise<void> {
  const rows = JSON.stringify(
    tasks.map(({ id, name, item, worker, options, tag, engine, limits, part, text, sha256 }) => ({
      id,
      name,
      item,
      worker,
      options,
      tag,
      engine: engine ?? run.engine,
      limits,
      part,
      sha256,
      preview: text === null ? null : previewOf(text),
    })),
  )
  const asked: Omit<Asked, 'engine'> = { priority: run.priority, notBefore: null }
  await tx.execute(sql`
    with d as (
      select * from jsonb_to_recordset(${rows}::jsonb) as d(id uuid, name text, item int, worker text, options jsonb,
        tag bigint, engine text, limits jsonb, part jsonb, sha256 text, preview text)),
    t as (
      insert into tasks (id, workspace_id, worker, title, submitted_by, api_key_id, engine, priority, due_at, options, limits,
        text_sha256, preview, tag, seq, run_id, budget_id)
      select d.id, r.workspace_id, d.worker, r.title, r.submitted_by, r.api_key_id, d.engine, r.priority, r.due_at, d.options,
        nullif(d.limits, 'null'), coalesce(decode(d.sha256, 'hex'), r.text_sha256), coalesce(d.preview, r.preview), d.tag, 1, r.id,
        r.budget_id
      from d, runs r where r.id = ${run.id}
      returning id, engine),
    e as (insert into events (workspace_id, task_id, seq, type, actor, data)
      select ${run.workspace_id}::uuid, id, 1, 'submitted', ${JSON.stringify(run.actor)}::jsonb,
        ${JSON.stringify(asked)}::jsonb || jsonb_build_object('engine', engine) from t)
    insert into steps as s (workspace_id, run_id, name, item, status, options, part, task_id, started_at)
    select ${run.workspace_id}::uuid, ${run.id}::uuid, name, item, 'in_progress', '{}', nullif(part, 'null'), id,
      clock_timestamp() from d
    on conflict (run_id, name, item) do update set status = 'in_progress', finished_at = null, task_id = excluded.task_id,
      started_at = excluded.started_at`)
}
