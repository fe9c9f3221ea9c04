// The record of model calls: a row is committed before each call leaves, and settled when it is over.
import { sql } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import { asWorkspace, type Database } from '#lib/db/client.ts'
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

export function openLedger(db: Database, task: ClaimedTask): CallLedger {
  return {
    begin: (intent) => begin(db, task, intent),
    settle: (id, end) => settle(db, task, id, end),
  }
}

async function begin(db: Database, task: ClaimedTask, intent: CallIntent): Promise<string> {
  const callId = newId()
  const data = JSON.stringify({ callId, model: intent.model, mode: intent.mode, purpose: intent.purpose })
  const { id: taskId, workspaceId, epoch, processId } = task
  const rows = await asWorkspace(db, workspaceId, (tx) =>
    beginCall(tx, { ...intent, taskId, workspaceId, epoch, processId, callId, data }, { last: true }),
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

async function settle(db: Database, task: ClaimedTask, callId: string, end: CallEnd): Promise<void> {
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
  await asWorkspace(db, task.workspaceId, (tx) => settleCall(tx, settled, { last: true }))
}

type Settled = {
  [Name in Exclude<keyof CallEnd, 'usage' | 'error' | 'raw'>]-?: NonNullable<CallEnd[Name]> | null
} & Record<'usage' | 'error' | 'raw', string | null> &
  Record<'workspaceId' | 'taskId' | 'callId', string>

const settleCall = statement<Settled, Record<string, never>>(
  (value) => sql`
    with c as (update calls set state = ${value('state')}, request_id = ${value('requestId')},
      usage = ${value('usage')}::jsonb, input_tokens = ${value('inputTokens')}, cached_tokens = ${value('cachedTokens')},
      cache_write_tokens = ${value('cacheWriteTokens')}, output_tokens = ${value('outputTokens')},
      reasoning_tokens = ${value('reasoningTokens')}, estimated = ${value('estimated')}, error = ${value('error')}::jsonb,
      raw = ${value('raw')}, finished_at = clock_timestamp()
      where task_id = ${value('taskId')} and id = ${value('callId')} returning id)
    select ${announcement(value('workspaceId'))} from c`,
)
