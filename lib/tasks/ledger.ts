// The record of model calls: a row is committed before each call leaves, and settled when it is over.
import { sql } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import { asWorkspace, type Database } from '#lib/db/client.ts'
import { runPrepared } from '#lib/db/transaction.ts'
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
  const id = newId()
  const data = { callId: id, model: intent.model, mode: intent.mode, purpose: intent.purpose }
  await asWorkspace(db, task.workspaceId, async (tx) => {
    const rows = await runPrepared(
      tx,
      sql`
      with t as (update tasks set seq = seq + 1
        where id = ${task.id} and epoch = ${task.epoch} and process_id = ${task.processId} and finished_at is null
        returning id, workspace_id, epoch, seq),
      c as (insert into calls (id, workspace_id, task_id, epoch, provider, model, endpoint_host, mode, purpose, started_at)
        select ${id}::uuid, workspace_id, id, epoch, ${intent.provider}, ${intent.model}, ${intent.endpointHost}, ${intent.mode},
          ${intent.purpose}, clock_timestamp() from t),
      e as (insert into events (workspace_id, task_id, seq, type, data, at)
        select workspace_id, id, seq, 'called', ${JSON.stringify(data)}::jsonb, clock_timestamp() from t),
      n as (select ${announcement([task.workspaceId])} from t)
      select id, (select count(*) from n) as announced from t`,
    )
    if (rows.length === 0) throw new StaleAttempt()
  })
  return id
}

async function settle(db: Database, task: ClaimedTask, id: string, end: CallEnd): Promise<void> {
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(repairJson(value).value))
  const raw = end.raw === undefined ? null : repairText(end.raw.slice(0, MAX_RAW)).text
  await asWorkspace(db, task.workspaceId, (tx) =>
    runPrepared(
      tx,
      sql`
      with c as (update calls set state = ${end.state}, request_id = ${end.requestId ?? null}, usage = ${json(end.usage)}::jsonb,
        input_tokens = ${end.inputTokens ?? null}, cached_tokens = ${end.cachedTokens ?? null},
        cache_write_tokens = ${end.cacheWriteTokens ?? null}, output_tokens = ${end.outputTokens ?? null},
        reasoning_tokens = ${end.reasoningTokens ?? null}, estimated = ${end.estimated ?? false},
        error = ${json(end.error)}::jsonb, raw = ${raw}, finished_at = clock_timestamp()
        where task_id = ${task.id} and id = ${id} returning id)
      select ${announcement([task.workspaceId])} from c`,
    ),
  )
}
