// Everything about one task.
import { and, asc, desc, eq, sql } from 'drizzle-orm'
import type { Ctx } from '#lib/context.ts'
import { attempts, calls, events } from '#lib/db/schema.ts'
import { usedDocument } from '#lib/documents/uses.ts'
import { NotFound } from '#lib/errors.ts'
import type { ResultInfo } from '#lib/workers/define.ts'
import { queuePlace } from './place.ts'
import { taskId } from './requests.ts'
import type { Attempt, Call, TaskDetail, TaskEvent } from './shapes.ts'
import { isTerminal } from './states.ts'
import { selectSummaries, type SummaryRow, summaryOf } from './summary.ts'

type DetailRow = SummaryRow & {
  options: Record<string, unknown>
  body: string
  result: unknown
  partial: Record<string, unknown> | null
  info: ResultInfo | null
  epoch: number
  seq: number
  suspicion: number
  part_of: TaskDetail['partOf']
  document: TaskDetail['document']
}

export async function taskDetail(ctx: Ctx, id: string): Promise<TaskDetail> {
  const row = await detailRow(ctx, id)
  const [attemptList, callList, eventList] = [
    await attemptsOf(ctx, id),
    await callsOf(ctx, id),
    await eventsOf(ctx, id),
  ]
  return {
    ...summaryOf(row),
    input: { text: row.body, ...row.options },
    result: row.result,
    partial: row.partial,
    info: row.info,
    epoch: row.epoch,
    seq: row.seq,
    partOf: row.part_of,
    document: row.document,
    queue: isTerminal(row.status) ? null : await queuePlace(ctx, row),
    attempts: attemptList,
    calls: callList,
    events: eventList,
  }
}

async function detailRow(ctx: Ctx, id: string): Promise<DetailRow> {
  if (!taskId.safeParse(id).success) throw new NotFound('The task')
  const { rows } = await ctx.tx.execute<DetailRow>(
    selectSummaries(
      sql`select id from tasks where workspace_id = ${ctx.workspaceId} and id = ${id}`,
      sql`, t.options, x.body, t.result, t.partial, t.info, t.epoch, t.seq, t.suspicion,
        (select jsonb_build_object('runId', r.id, 'workflow', r.definition ->> 'title', 'step', s.name)
          from steps s join runs r on r.id = s.run_id where s.task_id = t.id) as part_of,
        ${usedDocument(sql`d.task_id = t.id
          or d.run_id = (select r.id from runs r where r.id = t.run_id and r.text_sha256 = t.text_sha256)`)} as document`,
      sql`join texts x on x.workspace_id = t.workspace_id and x.sha256 = t.text_sha256`,
    ),
  )
  const row = rows[0]
  if (!row) throw new NotFound('The task')
  return row
}

async function attemptsOf(ctx: Ctx, id: string): Promise<Attempt[]> {
  const rows = await ctx.tx
    .select()
    .from(attempts)
    .where(and(eq(attempts.workspaceId, ctx.workspaceId), eq(attempts.taskId, id)))
    .orderBy(asc(attempts.epoch))
  return rows.map(({ workspaceId: _w, taskId: _t, startedAt, finishedAt, ...row }) => ({
    ...row,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  }))
}

const MAX_CALLS = 1_000

/** The newest ones, oldest first. */
async function callsOf(ctx: Ctx, id: string): Promise<Call[]> {
  const rows = await ctx.tx
    .select()
    .from(calls)
    .where(and(eq(calls.workspaceId, ctx.workspaceId), eq(calls.taskId, id)))
    .orderBy(desc(calls.startedAt), desc(calls.id))
    .limit(MAX_CALLS)
  return rows.toReversed().map((row) => {
    const { workspaceId: _w, taskId: _t, priceId: _p, reservedMicros: _r, startedAt, finishedAt, ...call } = row
    return { ...call, startedAt: startedAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null }
  })
}

async function eventsOf(ctx: Ctx, id: string): Promise<TaskEvent[]> {
  const rows = await ctx.tx
    .select({ seq: events.seq, type: events.type, actor: events.actor, data: events.data, at: events.at })
    .from(events)
    .where(and(eq(events.workspaceId, ctx.workspaceId), eq(events.taskId, id)))
    .orderBy(asc(events.seq))
    .limit(10_000)
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}
