// The record of model calls: a row is committed before each call leaves, and settled when it is over. An outage of the
// database is waited out, as what was paid for must be known. Where there is a budget, the most that the call may cost
// counts against it from the row on, until the cost is known; of a call whose end nobody knows it does so for good.
import { type Placeholder, type SQL, sql } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import { asWorkspace, type Database } from '#lib/db/client.ts'
import { isDuplicate } from '#lib/db/faults.ts'
import { keepTrying } from '#lib/db/keep-trying.ts'
import { statement } from '#lib/db/statement.ts'
import { priceInForce } from '#lib/prices/in-force.ts'
import type { ClaimedTask } from '#lib/queue/claim.ts'
import { repairJson, repairText } from '#lib/text.ts'
import { announcement } from './announce.ts'
import type { CallEnd, CallIntent, CallLedger } from './calls.ts'

/** The task is no longer this attempt's: no call may be made for it. */
export class StaleAttempt extends Error {
  constructor() {
    super('The task was cancelled or taken over.')
  }
}

/** What the call may cost does not fit into its budget: it was not made. */
export class OverBudget extends Error {
  readonly model: string
  readonly endpointHost: string
  /** Null where the model has no price. */
  readonly neededMicros: number | null
  constructor({ model, endpointHost }: CallIntent, neededMicros: number | null) {
    super('The call does not fit into its budget.')
    this.model = model
    this.endpointHost = endpointHost
    this.neededMicros = neededMicros
  }
}

const MAX_RAW = 65_536

/** About as long as a database takes to start again, and at most a part of an attempt's time. */
const PATIENCE_MS = 60_000

export function openLedger(db: Database, task: ClaimedTask, patienceMs = PATIENCE_MS): CallLedger {
  return {
    begin: (intent) => begin(db, task, intent, patienceMs),
    settle: (id, end) => settle(db, task, { id, end }, patienceMs),
  }
}

async function begin(db: Database, task: ClaimedTask, intent: CallIntent, patienceMs: number): Promise<string> {
  const callId = newId()
  const data = JSON.stringify({ callId, model: intent.model, mode: intent.mode, purpose: intent.purpose })
  const { id: taskId, workspaceId, epoch, processId } = task
  const { most, ...call } = intent
  const begun: Begun = { ...call, ...most, taskId, workspaceId, epoch, processId, callId, data }
  const [row] = await keepTrying(
    (again) =>
      asWorkspace(db, workspaceId, async (tx) => {
        const known = again ? await findCall(tx, begun) : []
        return known.length > 0 ? known : beginCall(tx, begun, { last: true })
      }),
    // The first try was still on its way to its commit when the second looked for it.
    { patienceMs, also: isDuplicate },
  )
  if (!row) throw new StaleAttempt()
  if (!row.begun) throw new OverBudget(intent, row.needed === null ? null : Number(row.needed))
  return callId
}

type Begun = Omit<CallIntent, 'most'> &
  CallIntent['most'] &
  Pick<ClaimedTask, 'workspaceId' | 'epoch' | 'processId'> & { taskId: string; callId: string; data: string }
type BegunRow = { begun: boolean; needed: string | null }

// Locked in this order: task, budget. Where the budget has no room the task stays as it is and nothing is written.
const beginCall = statement<Begun, BegunRow>(
  (value) => sql`
    with k as materialized (select id, budget_id from tasks
      where id = ${value('taskId')} and epoch = ${value('epoch')} and process_id = ${value('processId')}
        and finished_at is null for no key update),
    p as materialized (select p.id as price_id, ceil((${value('inputTokens')}::bigint
        * greatest(p.input_micros, p.cached_micros) + ${value('outputTokens')}::bigint * p.output_micros)::numeric
        / 1000000)::bigint as most
      from (${priceInForce(sql`${value('model')}`, sql`${value('endpointHost')}`, sql`clock_timestamp()`)}) p),
    b as (update budgets b set used_micros = b.used_micros + coalesce(p.most, 0)
      from k left join p on true
      where b.id = k.budget_id and (b.cap_micros is null or b.used_micros + p.most <= b.cap_micros
        or (p.most is null and b.unpriced)) returning b.id),
    free as materialized (select k.id from k left join b on true where k.budget_id is null or b.id is not null),
    t as (update tasks t set seq = t.seq + 1 from free where t.id = free.id
      returning t.id, t.workspace_id, t.epoch, t.seq),
    c as (insert into calls (id, workspace_id, task_id, epoch, provider, model, endpoint_host, mode, purpose, price_id,
        reserved_micros, started_at)
      select ${value('callId')}::uuid, workspace_id, id, epoch, ${value('provider')}, ${value('model')},
        ${value('endpointHost')}, ${value('mode')}, ${value('purpose')}, p.price_id, p.most, clock_timestamp()
      from t left join p on true),
    e as (insert into events (workspace_id, task_id, seq, type, data, at)
      select workspace_id, id, seq, 'called', ${value('data')}::jsonb, clock_timestamp() from t),
    n as (select ${announcement(value('workspaceId'))} from t)
    select t.id is not null as begun, p.most as needed, (select count(*) from n) as announced
    from k left join t on true left join p on true`,
)

const findCall = statement<Begun, BegunRow>(
  (value) => sql`
    select true as begun, c.reserved_micros as needed from calls c join tasks t on t.id = c.task_id
    where c.task_id = ${value('taskId')} and c.id = ${value('callId')} and t.epoch = ${value('epoch')}
      and t.process_id = ${value('processId')} and t.finished_at is null`,
)

type Over = { id: string; end: CallEnd }

async function settle(db: Database, task: ClaimedTask, { id: callId, end }: Over, patienceMs: number): Promise<void> {
  const json = (given: unknown) => (given === undefined ? null : JSON.stringify(repairJson(given).value))
  const settled: Settled = {
    workspaceId: task.workspaceId,
    taskId: task.id,
    callId,
    state: end.state,
    requestId: end.requestId ?? null,
    usage: json(end.usage),
    inputTokens: end.inputTokens ?? null,
    cachedTokens: end.cachedTokens ?? null,
    cacheWriteTokens: end.cacheWriteTokens ?? null,
    outputTokens: end.outputTokens ?? null,
    reasoningTokens: end.reasoningTokens ?? null,
    estimated: end.estimated ?? false,
    error: json(end.error),
    raw: end.raw === undefined ? null : repairText(end.raw.slice(0, MAX_RAW)).text,
  }
  await keepTrying(
    () =>
      asWorkspace(db, task.workspaceId, async (tx) => {
        await holdTask(tx, { taskId: task.id })
        await settleCall(tx, settled, { last: true })
      }),
    { patienceMs },
  )
}

// A cap that is set just now has counted what this call may cost: the next statement sees its budget.
const holdTask = statement<{ taskId: string }, Record<string, never>>(
  (value) => sql`select from tasks where id = ${value('taskId')} for key share`,
)

type Settled = {
  [Name in Exclude<keyof CallEnd, 'usage' | 'error' | 'raw'>]-?: NonNullable<CallEnd[Name]> | null
} & Record<'usage' | 'error' | 'raw', string | null> &
  Record<'workspaceId' | 'taskId' | 'callId', string>

/**
 * By the price that was in force when it began; null without one. What the provider had kept is part of the input
 * tokens. A call that it refused has cost nothing; of one whose end nobody knows, nobody knows the cost.
 */
function costOf(value: (name: 'inputTokens' | 'cachedTokens' | 'outputTokens' | 'state') => Placeholder | SQL): SQL {
  const input = sql`${value('inputTokens')}::bigint`
  const cached = sql`least(coalesce(${value('cachedTokens')}::bigint, 0), ${input})`
  return sql`
    select case
      when ${input} is null and ${value('state')} = 'failed' then 0
      else round(((${input} - ${cached}) * p.input_micros + ${cached} * coalesce(p.cached_micros, p.input_micros)
        + coalesce(${value('outputTokens')}::bigint, 0) * p.output_micros)::numeric / 1000000)::bigint end
    from prices p where p.id = calls.price_id`
}

// The truth may come after the call was given up as unknown; what is known does not change any more.
const settleCall = statement<Settled, Record<string, never>>(
  (value) => sql`
    with c as (update calls set state = ${value('state')}, request_id = ${value('requestId')},
      usage = ${value('usage')}::jsonb, input_tokens = ${value('inputTokens')}, cached_tokens = ${value('cachedTokens')},
      cache_write_tokens = ${value('cacheWriteTokens')}, output_tokens = ${value('outputTokens')},
      reasoning_tokens = ${value('reasoningTokens')}, estimated = ${value('estimated')}, error = ${value('error')}::jsonb,
      raw = ${value('raw')}, finished_at = clock_timestamp(), cost_micros = (${costOf(value)})
      where task_id = ${value('taskId')} and id = ${value('callId')} and state in ('sent', 'unknown')
      returning task_id, cost_micros, reserved_micros),
    b as (update budgets b set used_micros = b.used_micros + c.cost_micros - coalesce(c.reserved_micros, 0)
      from c join tasks t on t.id = c.task_id where b.id = t.budget_id and c.cost_micros is not null)
    select ${announcement(value('workspaceId'))} from c`,
)
