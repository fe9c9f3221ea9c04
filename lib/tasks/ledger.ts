// The record of model calls: a row is committed before each call leaves, and settled when it is over. An outage of the
// database is waited out, as what was paid for must be known.
import { type Placeholder, type SQL, sql } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import { asWorkspace, type Database } from '#lib/db/client.ts'
import { isDuplicate } from '#lib/db/faults.ts'
import { keepTrying } from '#lib/db/keep-trying.ts'
import { statement } from '#lib/db/statement.ts'
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
  const begun: Begun = { ...intent, taskId, workspaceId, epoch, processId, callId, data }
  const rows = await keepTrying(
    (again) =>
      asWorkspace(db, workspaceId, async (tx) => {
        const known = again ? await findCall(tx, begun) : []
        return known.length > 0 ? known : beginCall(tx, begun, { last: true })
      }),
    // The first try was still on its way to its commit when the second looked for it.
    { patienceMs, also: isDuplicate },
  )
  if (rows.length === 0) throw new StaleAttempt()
  return callId
}

type Begun = CallIntent &
  Pick<ClaimedTask, 'workspaceId' | 'epoch' | 'processId'> & { taskId: string; callId: string; data: string }

const beginCall = statement<Begun, { id: string }>(
  (value) => sql`
    with t as (update tasks set seq = seq + 1
      where id = ${value('taskId')} and epoch = ${value('epoch')} and process_id = ${value('processId')}
        and finished_at is null
      returning id, workspace_id, epoch, seq),
    c as (insert into calls (id, workspace_id, task_id, epoch, provider, model, endpoint_host, mode, purpose, started_at)
      select ${value('callId')}::uuid, workspace_id, id, epoch, ${value('provider')}, ${value('model')},
        ${value('endpointHost')}, ${value('mode')}, ${value('purpose')}, clock_timestamp() from t),
    e as (insert into events (workspace_id, task_id, seq, type, data, at)
      select workspace_id, id, seq, 'called', ${value('data')}::jsonb, clock_timestamp() from t),
    n as (select ${announcement(value('workspaceId'))} from t)
    select id, (select count(*) from n) as announced from t`,
)

const findCall = statement<Begun, { id: string }>(
  (value) => sql`
    select t.id from calls c join tasks t on t.id = c.task_id
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
  await keepTrying(() => asWorkspace(db, task.workspaceId, (tx) => settleCall(tx, settled, { last: true })), {
    patienceMs,
  })
}

type Settled = {
  [Name in Exclude<keyof CallEnd, 'usage' | 'error' | 'raw'>]-?: NonNullable<CallEnd[Name]> | null
} & Record<'usage' | 'error' | 'raw', string | null> &
  Record<'workspaceId' | 'taskId' | 'callId', string>

/**
 * By the price of the call's time; null without one. What the provider had kept is part of the input tokens. A call that
 * it refused has cost nothing; of one whose end nobody knows, nobody knows the cost.
 */
function costOf(value: (name: 'inputTokens' | 'cachedTokens' | 'outputTokens' | 'state') => Placeholder | SQL): SQL {
  const input = sql`${value('inputTokens')}::bigint`
  const cached = sql`least(coalesce(${value('cachedTokens')}::bigint, 0), ${input})`
  return sql`
    select p.id, case
      when ${input} is null and ${value('state')} = 'failed' then 0
      else round(((${input} - ${cached}) * p.input_micros + ${cached} * coalesce(p.cached_micros, p.input_micros)
        + coalesce(${value('outputTokens')}::bigint, 0) * p.output_micros)::numeric / 1000000)::bigint end
    from prices p where p.model = calls.model and p.effective_from <= calls.started_at
    order by p.effective_from desc, p.id desc limit 1`
}

// The truth may come after the call was given up as unknown; what is known does not change any more.
const settleCall = statement<Settled, Record<string, never>>(
  (value) => sql`
    with c as (update calls set state = ${value('state')}, request_id = ${value('requestId')},
      usage = ${value('usage')}::jsonb, input_tokens = ${value('inputTokens')}, cached_tokens = ${value('cachedTokens')},
      cache_write_tokens = ${value('cacheWriteTokens')}, output_tokens = ${value('outputTokens')},
      reasoning_tokens = ${value('reasoningTokens')}, estimated = ${value('estimated')}, error = ${value('error')}::jsonb,
      raw = ${value('raw')}, finished_at = clock_timestamp(),
      (price_id, cost_micros) = (${costOf(value)})
      where task_id = ${value('taskId')} and id = ${value('callId')} and state in ('sent', 'unknown') returning id)
    select ${announcement(value('workspaceId'))} from c`,
)
