// Claims waiting tickets together with their tasks: one transaction for as many as there are free slots.
import type { FetchOptions, PgBoss } from 'pg-boss'
import type { Engine, TaskLimits } from '#lib/tasks/states.ts'
import type { Run } from '#lib/db/statement.ts'
import type { Wire } from './wire.ts'

export type ClaimedTask = {
  id: string
  workspaceId: string
  worker: string
  /** The run of a workflow that it is part of. */
  runId: string | null
  /** The queue that its ticket came from. */
  queue: string
  /** Ticket and task are fenced by these: a write with an older value changes nothing. */
  epoch: number
  processId: number
  retryCount: number
  engine: Engine
  options: Record<string, unknown>
  limits: TaskLimits | null
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
  /** Tasks for the model are passed by. */
  modelPaused?: boolean
}

type ClaimedRow = {
  id: string
  workspace_id: string
  worker: string
  run_id: string | null
  epoch: number
  engine: Engine
  options: Record<string, unknown>
  limits: TaskLimits | null
  body: string
  attempts_used: number
  suspicion: number
  retry_count: number
}

type Claim = { tasks: ClaimedTask[]; /** Fewer than asked for: the queue is empty. */ found: number }

/** In one round trip, unless there are tickets to put away. */
export async function claim(boss: PgBoss, wire: Wire, request: ClaimRequest): Promise<Claim> {
  try {
    const { rows } = await wire.run<ClaimedRow>(await claimText(boss, request), [
      ...parameters(request),
      ...(request.modelPaused ? [FOR_MODEL] : []),
    ])
    return { tasks: rows.map((row) => claimedTask(row, request)), found: rows.length }
  } catch (error) {
    if (!(error instanceof Error && error.message.includes(STRAYS))) throw error
  }
  return claimAmongStrays(boss, wire, request)
}

/** Attempts that are this process's by the database. */
export async function heldBy(run: Run, processId: number): Promise<{ id: string; epoch: number }[]> {
  const { rows } = await run<{ id: string; epoch: number }>('select id, epoch from tasks where process_id = $1', [
    processId,
  ])
  return rows
}

async function claimAmongStrays(boss: PgBoss, wire: Wire, request: ClaimRequest): Promise<Claim> {
  return wire.transaction(async (run) => {
    const tickets = await boss.fetch(request.queue, fetching(request, run))
    const { rows } = await run<ClaimedRow>(CLAIM_FETCHED, [
      ...parameters(request),
      tickets.map(({ id }) => id),
      tickets.map(({ retryCount }) => retryCount),
    ])
    const claimed = new Set(rows.map(({ id }) => id))
    const strays = tickets.filter(({ id }) => !claimed.has(id))
    if (strays.length > 0) await putAway(boss, run, request.queue, strays)
    return { tasks: rows.map((row) => claimedTask(row, request)), found: tickets.length }
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

function parameters({ queue, processId, modelOn }: ClaimRequest): unknown[] {
  return [processId, 'pending', queue, modelOn]
}

/** Groups of tickets, see `lib/queue.ts`. */
const FOR_MODEL = ['auto', 'model']

type ExecuteSql = (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>

function fetching({ size, modelPaused = false }: ClaimRequest, executeSql: ExecuteSql): FetchOptions {
  return { batchSize: size, db: { executeSql }, ...(modelPaused ? { ignoreGroups: FOR_MODEL } : {}) }
}

const texts = new Map<string, string>()

/** With pg-boss's own statement inside, which it writes for this request; it is not run. */
async function claimText(boss: PgBoss, request: ClaimRequest): Promise<string> {
  const name = `${request.queue} ${request.size} ${request.modelPaused === true}`
  const known = texts.get(name)
  if (known) return known
  let tickets = ''
  await boss.fetch(
    request.queue,
    fetching(request, (text, values = []) => {
      if (values.length !== (request.modelPaused ? 1 : 0))
        throw new Error('This version of pg-boss fetches jobs with a statement of another form.')
      tickets = text.replaceAll('$1', '$5')
      return Promise.resolve({ rows: [] })
    }),
  )
  const made = `${claiming(tickets)}
    and (case when (select count(*) from f) = (select count(*) from t) then '1' else '${STRAYS}' end)::int = 1`
  texts.set(name, made)
  return made
}

/** A ticket without a waiting task undoes the claim, with an error that says this. */
const STRAYS = 'tickets without a waiting task'

const CLAIM_FETCHED = claiming('select * from unnest($5::uuid[], $6::int[]) as fetched(id, "retryCount")')

// `status` is compared to a parameter and every join goes by key: a literal would tempt the planner to a small partial
// index and a loop over the whole batch for each row.
// Rows that someone else has locked are passed by: claims hold tickets, and waiting for a task then could deadlock.
function claiming(tickets: string): string {
  return `with f as (${tickets}),
  r as materialized (select jsonb_object_agg(id, "retryCount") as counts from f),
  c as materialized (
    select id from tasks where id = any(array(select id from f)) and status = $2 for no key update skip locked),
  t as (
    update tasks t set status = 'in_progress', epoch = t.epoch + 1, seq = t.seq + 1, process_id = $1,
      started_at = clock_timestamp()
    from c where t.id = c.id
    returning t.id, t.workspace_id, t.worker, t.run_id, t.epoch, t.seq, t.engine, t.options, t.limits, t.text_sha256, t.tag,
      t.attempts_used, t.suspicion, case when t.engine = 'rules' or (t.engine = 'auto' and not $4) then 'rules' else 'model' end as runs_on),
  a as (insert into attempts (workspace_id, task_id, epoch, process_id, engine, started_at)
    select workspace_id, id, epoch, $1, runs_on, clock_timestamp() from t),
  e as (insert into events (workspace_id, task_id, seq, type, data, at)
    select workspace_id, id, seq, 'started', jsonb_build_object('epoch', epoch, 'processId', $1::int, 'engine', runs_on), clock_timestamp() from t),
  v as (update queue_clocks c set time = m.tag from (select max(tag) as tag from t) as m where c.queue = $3 and c.time < m.tag),
  n as (select pg_notify('baton_events', string_agg(distinct workspace_id::text, ',')) from t having count(*) > 0)
  select t.id, t.workspace_id, t.worker, t.run_id, t.epoch, t.engine, t.options, t.limits, t.attempts_used, t.suspicion, x.body,
    ((select counts from r) ->> t.id::text)::int as retry_count
  from t join texts x on x.workspace_id = t.workspace_id and x.sha256 = t.text_sha256
  where (select count(*) from n) >= 0`
}

function claimedTask(row: ClaimedRow, { queue, processId }: ClaimRequest): ClaimedTask {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    worker: row.worker,
    runId: row.run_id,
    queue,
    epoch: row.epoch,
    processId,
    retryCount: row.retry_count,
    engine: row.engine,
    options: row.options,
    limits: row.limits,
    text: row.body,
    attemptsUsed: row.attempts_used,
    suspicion: row.suspicion,
  }
}
