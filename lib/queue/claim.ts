// Claims waiting tickets together with their tasks: one transaction for as many as there are free slots.
import type { PgBoss } from 'pg-boss'
import type { Engine } from '#lib/tasks/states.ts'
import type { Run } from '#lib/db/transaction.ts'
import type { Wire } from './wire.ts'

export type ClaimedTask = {
  id: string
  workspaceId: string
  worker: string
  /** The queue that its ticket came from. */
  queue: string
  /** Ticket and task are fenced by these: a write with an older value changes nothing. */
  epoch: number
  processId: number
  retryCount: number
  engine: Engine
  options: Record<string, unknown>
  text: string
  attemptsUsed: number
  suspicion: number
}

export type ClaimRequest = {
  queue: string
  processId: number
  /** At most this many, a power of two: the number stands in pg-boss's statement, which is prepared once per number. */
  size: number
  modelOn: boolean
}

type ClaimedRow = {
  id: string
  workspace_id: string
  worker: string
  epoch: number
  engine: Engine
  options: Record<string, unknown>
  body: string
  attempts_used: number
  suspicion: number
}

// `status` is compared to a parameter and every join goes by key: a literal would tempt the planner to a small partial
// index and a loop over the whole batch for each row.
// Rows that someone else has locked are passed by: claims hold tickets, and waiting for a task then could deadlock.
const CLAIM = `with c as materialized (
    select id from tasks where id = any($1::uuid[]) and status = $3 for no key update skip locked),
  t as (
    update tasks t set status = 'in_progress', epoch = t.epoch + 1, seq = t.seq + 1, process_id = $2,
      started_at = clock_timestamp()
    from c where t.id = c.id
    returning t.id, t.workspace_id, t.worker, t.epoch, t.seq, t.engine, t.options, t.text_sha256, t.tag,
      t.attempts_used, t.suspicion, case when t.engine = 'rules' or (t.engine = 'auto' and not $5) then 'rules' else 'model' end as runs_on),
  a as (insert into attempts (workspace_id, task_id, epoch, process_id, engine, started_at)
    select workspace_id, id, epoch, $2, runs_on, clock_timestamp() from t),
  e as (insert into events (workspace_id, task_id, seq, type, data, at)
    select workspace_id, id, seq, 'started', jsonb_build_object('epoch', epoch, 'processId', $2::int, 'engine', runs_on), clock_timestamp() from t),
  v as (update queue_clocks c set time = m.tag from (select max(tag) as tag from t) as m where c.queue = $4 and c.time < m.tag),
  n as (select pg_notify('baton_events', string_agg(distinct workspace_id::text, ',')) from t having count(*) > 0)
  select t.id, t.workspace_id, t.worker, t.epoch, t.engine, t.options, t.attempts_used, t.suspicion, x.body
  from t join texts x on x.workspace_id = t.workspace_id and x.sha256 = t.text_sha256
  where (select count(*) from n) >= 0`

/** The tasks claimed, and how many tickets were found: fewer than asked for means that the queue is empty. */
export async function claim(
  boss: PgBoss,
  wire: Wire,
  request: ClaimRequest,
): Promise<{ tasks: ClaimedTask[]; found: number }> {
  return wire.transaction(async (run) => {
    const db = { executeSql: run }
    const tickets = await boss.fetch(request.queue, { batchSize: request.size, db })
    if (tickets.length === 0) return { tasks: [], found: 0 }
    const claimed = await claimRows(run, request, tickets)
    const strays = tickets.filter((ticket) => !claimed.has(ticket.id))
    if (strays.length > 0) await putAway(boss, run, request.queue, strays)
    const tasks = tickets.flatMap((ticket) => {
      const row = claimed.get(ticket.id)
      return row ? [claimedTask(row, request, ticket.retryCount)] : []
    })
    return { tasks, found: tickets.length }
  })
}

type FetchedTicket = { id: string; retryCount: number }

/** Tickets whose tasks do not wait any more end; those whose tasks were locked just now wait again. */
async function putAway(boss: PgBoss, run: Run, queue: string, tickets: FetchedTicket[]): Promise<void> {
  const db = { executeSql: run }
  const { rows } = await run<{ id: string }>('select id from tasks where id = any($1::uuid[]) and status = $2', [
    tickets.map((ticket) => ticket.id),
    'pending',
  ])
  const waiting = new Set(rows.map((row) => row.id))
  const [again, ended] = [tickets.filter(({ id }) => waiting.has(id)), tickets.filter(({ id }) => !waiting.has(id))]
  if (ended.length > 0) await boss.complete(queue, ended, null, { db })
  if (again.length > 0) await boss.fail(queue, again, null, { db })
}

async function claimRows(run: Run, request: ClaimRequest, tickets: { id: string }[]): Promise<Map<string, ClaimedRow>> {
  const { rows } = await run<ClaimedRow>(CLAIM, [
    tickets.map((ticket) => ticket.id),
    request.processId,
    'pending',
    request.queue,
    request.modelOn,
  ])
  return new Map(rows.map((row) => [row.id, row]))
}

function claimedTask(row: ClaimedRow, { queue, processId }: ClaimRequest, retryCount: number): ClaimedTask {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    worker: row.worker,
    queue,
    epoch: row.epoch,
    processId,
    retryCount,
    engine: row.engine,
    options: row.options,
    text: row.body,
    attemptsUsed: row.attempts_used,
    suspicion: row.suspicion,
  }
}
