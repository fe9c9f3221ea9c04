// Brings runs to where their tasks have got: steps take over how their tasks stand, what has become ready starts, what
// can never start is skipped, and a run whose steps have ended ends. It reads everything anew, so calling it too often
// does no harm; a run's row is the lock, taken before those of its tasks.
import { sql } from 'drizzle-orm'
import type { Tx } from '#lib/db/client.ts'
import { announce } from '#lib/tasks/announce.ts'
import { nextOf, type StepState } from './graph.ts'
import { acceptSteps, type ReadyStep } from './accept-steps.ts'
import type { LockedRun, Powers } from './locked-run.ts'

/** Until the transaction ends nobody else moves these runs. `eager` passes by those that somebody moves just now. */
export async function lockRuns(tx: Tx, ids: readonly string[], { eager = false } = {}): Promise<string[]> {
  const wait = eager ? sql`skip locked` : sql``
  const { rows } = await tx.execute<{ id: string }>(
    sql`select id from runs where id = any(${sql.param(ids)}::uuid[]) order by id for update ${wait}`,
  )
  return rows.map(({ id }) => id)
}

/** The runs must be locked. */
export async function advanceRuns(powers: Powers, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const { tx } = powers
  await followTasks(tx, ids)
  for (const run of await readRuns(tx, ids)) await advance(powers, run)
}

async function readRuns(tx: Tx, ids: readonly string[]): Promise<LockedRun[]> {
  const { rows } = await tx.execute<LockedRun>(sql`
    select r.id, r.workspace_id, r.definition, r.status, r.title, r.preview, r.text_sha256, r.engine, r.priority, r.actor,
      r.submitted_by, r.api_key_id, (
        select jsonb_agg(jsonb_build_object('name', s.name, 'status', s.status, 'options', s.options,
          'blocked', coalesce(t.status = 'blocked', false)))
        from steps s left join tasks t on t.id = s.task_id where s.run_id = r.id) as steps
    from runs r where r.id = any(${sql.param(ids)}::uuid[]) order by r.id`)
  return rows
}

async function followTasks(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.execute(sql`
    update steps s set status = d.status, finished_at = d.finished_at
    from (
      select id, finished_at, case when finished_at is null then 'in_progress' else status end as status
      from tasks where run_id = any(${sql.param(ids)}::uuid[])) d
    where s.task_id = d.id and s.run_id = any(${sql.param(ids)}::uuid[]) and s.status <> d.status`)
}

async function advance({ tx, queue }: Powers, run: LockedRun): Promise<void> {
  const states = new Map<string, StepState>(run.steps.map(({ name, ...state }) => [name, state]))
  const next = nextOf(run.definition.steps, states)
  if (next.skipped.length + next.waiting.length > 0)
    await tx.execute(sql`
      update steps set status = case when name = any(${sql.param(next.skipped)}::text[]) then 'skipped' else 'waiting' end,
        finished_at = case when name = any(${sql.param(next.skipped)}::text[]) then clock_timestamp() end
      where run_id = ${run.id} and name = any(${sql.param([...next.skipped, ...next.waiting])}::text[])`)
  const ready = next.ready.flatMap((name): ReadyStep[] => {
    const step = run.definition.steps.find((candidate) => candidate.name === name)
    const stored = run.steps.find((candidate) => candidate.name === name)
    return step && stored ? [{ name, worker: step.worker, options: stored.options }] : []
  })
  if (ready.length > 0) await acceptSteps({ tx, queue }, run, ready)
  if (next.run !== run.status)
    await tx.execute(sql`update runs set status = ${next.run}::text,
      finished_at = case when ${next.run}::text = 'in_progress' then null else clock_timestamp() end where id = ${run.id}`)
  if (ready.length > 0 || next.run !== run.status) await announce(tx, [run.workspace_id])
}
