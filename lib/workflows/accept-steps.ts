// Steps that have become ready get their tasks: those of one worker together, in the run's own line.
import { sql } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import type { Place } from '#lib/queue/tags.ts'
import { takePlaces } from '#lib/queue/tags.ts'
import type { Asked } from '#lib/tasks/accepted.ts'
import type { LockedRun, Powers } from './locked-run.ts'

export type ReadyStep = { name: string; worker: string; options: Record<string, unknown> }

export async function acceptSteps(powers: Powers, run: LockedRun, ready: readonly ReadyStep[]): Promise<void> {
  // Transactions that touch several queues go through them in the order of their names.
  const groups = [...Map.groupBy(ready, ({ worker }) => worker)].sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [worker, steps] of groups) {
    const places = await takePlaces(powers.tx, {
      queue: worker,
      workspaceId: run.workspace_id,
      priority: run.priority,
      count: steps.length,
    })
    const tasks = steps.map((step, index) => ({ ...step, id: newId(), ...(places[index] as Place) }))
    await insertTasks(powers, run, tasks)
    await powers.queue.send(
      powers.tx,
      worker,
      tasks.map(({ id, tag, priority }) => ({ id, tag, priority, engine: run.engine })),
    )
  }
}

type NewTask = ReadyStep & Place & { id: string }

async function insertTasks({ tx }: Powers, run: LockedRun, tasks: readonly NewTask[]): Promise<void> {
  const rows = JSON.stringify(tasks.map(({ id, name, worker, options, tag }) => ({ id, name, worker, options, tag })))
  const asked: Asked = { engine: run.engine, priority: run.priority, notBefore: null }
  await tx.execute(sql`
    with d as (
      select * from jsonb_to_recordset(${rows}::jsonb) as d(id uuid, name text, worker text, options jsonb, tag bigint)),
    t as (
      insert into tasks (id, workspace_id, worker, title, submitted_by, api_key_id, engine, priority, options, text_sha256,
        preview, tag, seq, run_id)
      select d.id, r.workspace_id, d.worker, r.title, r.submitted_by, r.api_key_id, r.engine, r.priority, d.options,
        r.text_sha256, r.preview, d.tag, 1, r.id
      from d, runs r where r.id = ${run.id}
      returning id),
    e as (insert into events (workspace_id, task_id, seq, type, actor, data)
      select ${run.workspace_id}::uuid, id, 1, 'submitted', ${JSON.stringify(run.actor)}::jsonb,
        ${JSON.stringify(asked)}::jsonb from t)
    update steps s set status = 'in_progress', finished_at = null, task_id = d.id
    from d where s.run_id = ${run.id} and s.name = d.name`)
}
