// Writes what has become of steps and of their run, each with its event in the same statement.
import { sql } from 'drizzle-orm'
import type { Actor } from '#lib/access/actor.ts'
import type { Tx } from '#lib/db/client.ts'
import { announceRuns } from '#lib/tasks/announce.ts'
import type { StepOutcome } from './control.ts'
import type { LockedRun, LockedStep } from './locked-run.ts'
import { outcomeWords } from './outcome-words.ts'
import { whySkipped } from './why-skipped.ts'

export async function endOrOpen(tx: Tx, run: LockedRun, status: LockedRun['status']): Promise<void> {
  const type = status === 'in_progress' ? 'reopened' : status
  await tx.execute(sql`
    with ended as (
      update runs set status = ${status}::text,
        finished_at = case when ${status}::text = 'in_progress' then null else clock_timestamp() end where id = ${run.id})
    insert into run_events (workspace_id, run_id, type) values (${run.workspace_id}, ${run.id}, ${type})`)
  // Its row may be locked by others, and it comes before this one in the order of locks: it is moved apart.
  await announceRuns(tx, [{ run_id: run.parent_run_id }])
}

export async function writeStanding(
  tx: Tx,
  run: LockedRun,
  { skipped, waiting }: { skipped: readonly string[]; waiting: readonly string[] },
  standing: ReadonlyMap<string, LockedStep>,
): Promise<void> {
  if (skipped.length + waiting.length === 0) return
  const { steps } = run.definition
  const now = (name: string) => {
    const step = standing.get(name)
    return skipped.includes(name) && step ? { ...step, status: 'skipped' as const } : step
  }
  const why = new Map(
    steps.flatMap((step) => (skipped.includes(step.name) ? [[step.name, whySkipped(steps, now, step)]] : [])),
  )
  const rows = [...skipped, ...waiting].map((name) => ({ name, words: why.get(name) ?? null }))
  await tx.execute(sql`
    with d as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as d(name text, words text)),
    u as (
      update steps s set status = case when d.words is null then 'waiting' else 'skipped' end,
        finished_at = case when d.words is not null then clock_timestamp() end
      from d where s.run_id = ${run.id} and s.item = 0 and s.name = d.name)
    insert into run_events (workspace_id, run_id, step, type, words)
    select ${run.workspace_id}::uuid, ${run.id}::uuid, name, 'skipped', words from d where words is not null`)
}

export async function writeOutcomes(
  tx: Tx,
  runId: string,
  outcomes: readonly StepOutcome[],
  actor: Actor | null = null,
): Promise<void> {
  if (outcomes.length === 0) return
  const rows = JSON.stringify(
    outcomes.map((outcome) => ({
      name: outcome.name,
      status: outcome.status,
      output: outcome.output ?? null,
      branch: outcome.branch ?? null,
      error: outcome.error ?? null,
      wake_ms: outcome.wakeInMs ?? null,
      child: outcome.childRunId ?? null,
      type: outcome.status !== 'in_progress' ? outcome.status : outcome.error ? 'retry_scheduled' : 'started',
      words: outcomeWords(outcome),
    })),
  )
  await tx.execute(sql`
    with d as (
      select * from jsonb_to_recordset(${rows}::jsonb) as d(name text, status text, output jsonb, branch text, error jsonb,
        wake_ms float8, child uuid, type text, words text)),
    u as (
      update steps s set status = d.status, output = nullif(d.output, 'null'), branch = d.branch,
        error = nullif(d.error, 'null'), wake_at = clock_timestamp() + d.wake_ms * interval '1 millisecond',
        child_run_id = coalesce(d.child, s.child_run_id), started_at = coalesce(s.started_at, clock_timestamp()),
        finished_at = case when d.status <> 'in_progress' then clock_timestamp() end
      from d where s.run_id = ${runId} and s.item = 0 and s.name = d.name
      returning s.workspace_id, s.name, d.type, d.words)
    insert into run_events (workspace_id, run_id, step, type, words, actor)
    select workspace_id, ${runId}::uuid, name, type, words, nullif(${JSON.stringify(actor)}::jsonb, 'null') from u`)
}
