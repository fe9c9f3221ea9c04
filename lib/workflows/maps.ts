// Where a step stands that works through a list: as its items do.
import { sql } from 'drizzle-orm'
import type { Tx } from '#lib/db/client.ts'
import type { StepOutcome } from './control.ts'
import type { LockedRun } from './locked-run.ts'
import { itemsWords } from './outcome-words.ts'

type Counts = { name: string; all: number; open: number; failed: number; cancelled: number }

/** Writes what has changed and hands it on. A retried item opens its step again. */
export async function settleMaps(
  tx: Tx,
  run: LockedRun,
  take: (outcomes: readonly StepOutcome[]) => void,
): Promise<void> {
  const maps = new Map(run.definition.steps.flatMap((step) => (step.kind === 'map' ? [[step.name, step]] : [])))
  const begun = run.steps.filter(
    ({ name, status, leftOut }) => maps.has(name) && status !== 'waiting' && (status !== 'skipped' || leftOut),
  )
  if (begun.length === 0) return
  const names = begun.map(({ name }) => name)
  const { rows } = await tx.execute<Counts>(sql`
    select name, count(*)::int as all, count(*) filter (where status in ('waiting', 'in_progress'))::int as open,
      count(*) filter (where status = 'failed')::int as failed,
      count(*) filter (where status = 'cancelled')::int as cancelled
    from steps where run_id = ${run.id} and item > 0 and name = any(${sql.param(names)}::text[]) group by name`)
  const changed = rows.flatMap(({ name, all, open, failed, cancelled }): (StepOutcome & { words: string })[] => {
    const before = begun.find((step) => step.name === name)?.status
    const mayFail = maps.get(name)?.mayFail ?? 0
    const status =
      open > 0 ? 'in_progress' : failed + cancelled <= mayFail ? 'completed' : failed > 0 ? 'failed' : 'cancelled'
    return status === before || (before === 'skipped' && open === 0)
      ? []
      : [{ name, status, words: itemsWords({ all: all - open, failed: failed + cancelled }) }]
  })
  if (changed.length === 0) return
  await tx.execute(sql`
    with d as (
      select * from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as d(name text, status text, words text)),
    u as (
      update steps s set status = d.status, skipped_by = null, finished_at = case when d.status <> 'in_progress' then clock_timestamp() end
      from d where s.run_id = ${run.id} and s.item = 0 and s.name = d.name)
    insert into run_events (workspace_id, run_id, step, type, words)
    select ${run.workspace_id}::uuid, ${run.id}::uuid, name, case status when 'in_progress' then 'reopened' else status end,
      words from d`)
  take(changed)
}
