// Writes how attempts ended: ticket, task, attempt and event of a whole batch in one transaction. What is no longer
// ours (cancelled, taken over, already ended) is left alone; the rest of the batch commits. A model call whose outcome
// has not been written by then is unknown, until it is.
import type { PgBoss } from 'pg-boss'
import type { AttemptOutcome, BlockReason, EventType, TaskError } from '#lib/tasks/states.ts'
import type { ClaimedTask } from './claim.ts'
import type { Tx } from '#lib/db/client.ts'
import { causeWords, databaseFault } from '#lib/db/faults.ts'
import type { Run } from '#lib/db/statement.ts'
import type { Wire } from './wire.ts'

export type Ending = {
  status: 'completed' | 'failed' | 'blocked' | 'pending'
  outcome: AttemptOutcome
  event: EventType
  /** Whether it used up one of the task's attempts. */
  counted: boolean
  reason?: BlockReason
  /** Until the next attempt may start, for `pending`. */
  delayMs?: number
  error?: TaskError
  /** JSON texts, so that a batch is built without parsing or copying them. */
  result?: string
  partial?: string
  info?: string
  data?: Record<string, unknown>
  workerVersion?: string
}

export type Settlement = { task: ClaimedTask; ending: Ending }

/** What happens to the runs of settled tasks, in the same transaction: locked before the tasks, advanced after them. */
export type RunRules = {
  lock: (tx: Tx, runIds: readonly string[]) => Promise<unknown>
  advance: (tx: Tx, runIds: readonly string[], taskIds: readonly string[]) => Promise<void>
}

/** Workspaces in one notification; its payload may hold 8,000 bytes. */
export const MAX_SETTLED = 200

// Fenced by id, epoch and process. No literal status here, and no index on the process: see claim.ts.
const SETTLE = `with d as (
    select * from unnest($1::uuid[], $2::int[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bool[],
      $9::int[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[])
    as d(id, epoch, process_id, status, reason, outcome, event, counted, delay_ms, error, result, partial, info, data, version)),
  t as (
    update tasks t set status = d.status, reason = d.reason, seq = t.seq + 1, process_id = null,
      attempts_used = t.attempts_used + d.counted::int,
      not_before = case when d.delay_ms is null then t.not_before else clock_timestamp() + d.delay_ms * interval '1 ms' end,
      error = d.error::jsonb, result = d.result::jsonb, partial = coalesce(d.partial::jsonb, case when d.status <> 'completed' then t.partial end),
      info = coalesce(d.info::jsonb, t.info),
      finished_at = case when d.status in ('completed', 'failed') then clock_timestamp() end
    from d
    where t.id = d.id and t.epoch = d.epoch and t.finished_at is null and t.process_id is not distinct from d.process_id
    returning t.id, t.workspace_id, t.epoch, t.seq, d.epoch as written_by, d.outcome, d.event, d.error, d.data, d.version),
  a as (update attempts a set outcome = t.outcome, error = t.error::jsonb, worker_version = t.version, finished_at = clock_timestamp()
    from t where a.task_id = t.id and a.epoch = t.epoch),
  c as (update calls c set state = 'unknown', finished_at = clock_timestamp()
    from t where c.task_id = t.id and c.epoch = t.epoch and c.state = 'sent'),
  e as (insert into events (workspace_id, task_id, seq, type, data, at)
    select workspace_id, id, seq, event, coalesce(data::jsonb, '{}') || jsonb_build_object('epoch', written_by), clock_timestamp() from t),
  n as (select pg_notify('baton_events', string_agg(distinct workspace_id::text, ',')) from t having count(*) > 0)
  select t.id from t where (select count(*) from n) >= 0`

/**
 * Settles the batch and returns the ids of the tasks that were still ours. The task's row is the fence; a ticket that
 * does not fit any more (deleted by hand, delivered again) is left to the reconciler and to the next claim.
 */
export async function settle(boss: PgBoss, wire: Wire, batch: Settlement[], rules?: RunRules): Promise<Set<string>> {
  // Locked in the order of ids, and tasks before tickets, as all verbs do: no deadlock.
  const sorted = batch.toSorted((a, b) => (a.task.id < b.task.id ? -1 : 1))
  const runs = runsOf(sorted)
  return wire.transaction(async (run, tx) => {
    if (runs.length > 0) await rules?.lock(tx(), runs)
    const { rows } = await run<{ id: string }>(SETTLE, parameters(sorted))
    const ours = new Set(rows.map((row) => row.id))
    const settled = sorted.filter((item) => ours.has(item.task.id))
    const queues = Map.groupBy(settled, (item) => item.task.queue)
    await Promise.all([...queues].map(([queue, items]) => settleTickets(boss, run, queue, items)))
    const ended = settled.filter(({ ending, task }) => ending.status !== 'pending' && task.runId !== null)
    const moved = ended.map(({ task }) => task.id)
    if (rules && moved.length > 0) await advance(run, () => rules.advance(tx(), runsOf(ended), moved))
    return ours
  })
}

function runsOf(batch: readonly Settlement[]): string[] {
  return [...new Set(batch.flatMap(({ task }) => task.runId ?? []))]
}

/** What a run cannot do must not cost its tasks their results: it is tried again later, by itself. */
async function advance(run: Run, work: () => Promise<void>): Promise<void> {
  await run('savepoint runs')
  try {
    await work()
  } catch (error) {
    if (databaseFault(error) === 'unavailable') throw error
    await run('rollback to savepoint runs')
    console.warn(`worker: runs could not be advanced with their tasks (${causeWords(error)})`)
  }
}

async function settleTickets(boss: PgBoss, run: Run, queue: string, items: Settlement[]): Promise<void> {
  const db = { executeSql: run }
  const ended = items.filter((item) => item.ending.status !== 'pending')
  const again = items.filter((item) => item.ending.status === 'pending')
  if (ended.length > 0) await boss.complete(queue, ended.map(ticket), null, { db })
  if (again.length === 0) return
  await boss.fail(queue, again.map(ticket), null, { db })
  for (const { task, ending } of again)
    if (ending.delayMs)
      await boss.update(queue, null, { id: task.id, startAfter: `${ending.delayMs} milliseconds`, db })
  if (again.some((item) => !item.ending.delayMs)) await run(WAKE, [queue])
}

/** pg-boss's own channel, on which it announces jobs that were sent but not jobs that came back. */
const WAKE = `select pg_notify('pgboss_' || left(encode(sha224('pgboss'::bytea), 'hex'), 24), $1)`

const ticket = ({ task }: Settlement) => ({ id: task.id, retryCount: task.retryCount })

function parameters(batch: Settlement[]): unknown[] {
  const each = <Value>(of: (item: Settlement) => Value) => batch.map(of)
  return [
    each(({ task }) => task.id),
    each(({ task }) => task.epoch),
    each(({ task }) => task.processId),
    each(({ ending }) => ending.status),
    each(({ ending }) => ending.reason ?? null),
    each(({ ending }) => ending.outcome),
    each(({ ending }) => ending.event),
    each(({ ending }) => ending.counted),
    each(({ ending }) => ending.delayMs ?? null),
    each(({ ending }) => (ending.error ? JSON.stringify(ending.error) : null)),
    each(({ ending }) => ending.result ?? null),
    each(({ ending }) => ending.partial ?? null),
    each(({ ending }) => ending.info ?? null),
    each(({ ending }) => (ending.data ? JSON.stringify(ending.data) : null)),
    each(({ ending }) => ending.workerVersion ?? null),
  ]
}
