// The record of model calls: a row is committed before each call leaves, and settled when it is over.
import { and, eq, sql } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import { asWorkspace, type Database } from '#lib/db/client.ts'
import { calls } from '#lib/db/schema.ts'
import type { ClaimedTask } from '#lib/queue/claim.ts'
import { repairJson, repairText } from '#lib/text.ts'
import { announce } from './announce.ts'
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
    const { rows } = await tx.execute(sql`
      with t as (update tasks set seq = seq + 1
        where id = ${task.id} and epoch = ${task.epoch} and process_id = ${task.processId} and finished_at is null
        returning id, workspace_id, epoch, seq),
      c as (insert into calls (id, workspace_id, task_id, epoch, provider, model, endpoint_host, mode, purpose, started_at)
        select ${id}::uuid, workspace_id, id, epoch, ${intent.provider}, ${intent.model}, ${intent.endpointHost}, ${intent.mode},
          ${intent.purpose}, clock_timestamp() from t),
      e as (insert into events (workspace_id, task_id, seq, type, data, at)
        select workspace_id, id, seq, 'called', ${JSON.stringify(data)}::jsonb, clock_timestamp() from t)
      select id from t`)
    if (rows.length === 0) throw new StaleAttempt()
    await announce(tx, [task.workspaceId])
  })
  return id
}

async function settle(db: Database, task: ClaimedTask, id: string, end: CallEnd): Promise<void> {
  const { raw, error, usage, ...counts } = end
  await asWorkspace(db, task.workspaceId, async (tx) => {
    await tx
      .update(calls)
      .set({
        ...counts,
        usage: usage === undefined ? null : (repairJson(usage).value as Record<string, unknown>),
        error: error === undefined ? null : (repairJson(error).value as typeof error),
        raw: raw === undefined ? null : repairText(raw.slice(0, MAX_RAW)).text,
        finishedAt: sql`clock_timestamp()`,
      })
      .where(and(eq(calls.taskId, task.id), eq(calls.id, id)))
    await announce(tx, [task.workspaceId])
  })
}
