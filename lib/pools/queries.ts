// What the worker processes are doing: for the Workers page, the top bar and New task.
import { and, desc, gt, isNull, or, sql } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { workerProcesses } from '#lib/db/dispatch-schema.ts'
import { queueDepths } from '#lib/queue/depths.ts'
import { etaMs } from '#lib/tasks/place.ts'
import type { Pool, SlotsSummary, WorkerProcess, WorkersOverview, WorkerTimes } from '#lib/tasks/shapes.ts'
import { ALL_WORKERS } from '#lib/workers/registry.ts'
import { capacity, SILENT_AFTER_MS } from './capacity.ts'
import { timesOf } from './times.ts'

/** Slots and depth over all workspaces; counts of today for this one. @throws Forbidden */
export async function workersOverview(ctx: Ctx): Promise<WorkersOverview> {
  requireAccess(ctx, 'worker.read')
  const processes = await listProcesses(ctx)
  const live = processes.filter((process) => process.state === 'live')
  const withModel = live.find((process) => process.modelOn)
  return {
    at: new Date().toISOString(),
    pools: await listPools(ctx),
    processes,
    alive: live.length > 0,
    model: withModel?.model ? { name: withModel.model, endpointHost: withModel.endpointHost ?? '' } : null,
  }
}

/** The same in four numbers, for the top bar. @throws Forbidden */
export async function slotsSummary(ctx: Ctx): Promise<SlotsSummary> {
  requireAccess(ctx, 'worker.read')
  const { processes, slotsPerProcess } = await capacity(ctx.tx)
  const depth = await queueDepths(ctx.tx)
  const sum = (of: (worker: string) => number) => ALL_WORKERS.reduce((total, { name }) => total + of(name), 0)
  return {
    slots: processes * sum(slotsPerProcess),
    busy: sum((worker) => depth(worker).active),
    waiting: sum((worker) => depth(worker).waiting),
    processes,
    alive: processes > 0,
  }
}

/** One entry per worker type, in display order. @throws Forbidden */
export async function workerTimes(ctx: Ctx): Promise<WorkerTimes[]> {
  requireAccess(ctx, 'worker.read')
  const { processes, slotsPerProcess } = await capacity(ctx.tx)
  const depth = await queueDepths(ctx.tx)
  const times: WorkerTimes[] = []
  for (const { name } of ALL_WORKERS) {
    const { waiting, active } = depth(name)
    const slots = processes * slotsPerProcess(name)
    const free = Math.max(0, slots - active)
    const taken = await timesOf(ctx, name)
    const startsInMs = slots === 0 ? null : etaMs(waiting, free, slots, taken.medianMs)
    times.push({ worker: name, ...taken, waiting, slots, free, startsInMs, noWorker: slots === 0 })
  }
  return times
}

async function listPools(ctx: Ctx): Promise<Pool[]> {
  const { processes, slotsPerProcess } = await capacity(ctx.tx)
  const depth = await queueDepths(ctx.tx)
  const [today, waitingHere] = [await outcomesToday(ctx), await waitingTasks(ctx)]
  return ALL_WORKERS.map(({ name, title, slots: defaultSlots }) => {
    const slots = processes * slotsPerProcess(name)
    const { waiting, active, oldestWaitMs } = depth(name)
    return {
      worker: name,
      title,
      slotsPerProcess: slotsPerProcess(name),
      defaultSlots,
      processes,
      slots,
      busy: active,
      free: Math.max(0, slots - active),
      depth: waiting,
      depthHere: waitingHere.get(name) ?? 0,
      oldestWaitMs,
      today: today.get(name) ?? { completed: 0, failed: 0, failedFrom: null, averageMs: null, p95Ms: null },
    }
  })
}

type Outcomes = {
  worker: string
  completed: string
  failed: string
  failed_from: string | Date | null
  average: string | null
  p95: string | null
}

// Tasks that ended today were mostly submitted in the last two days: the ids bound what is read.
async function outcomesToday(ctx: Ctx): Promise<Map<string, Pool['today']>> {
  const { rows } = await ctx.tx.execute<Outcomes>(sql`
    with midnight as (select date_trunc('day', now() at time zone w.time_zone) at time zone w.time_zone as at
      from workspaces w where w.id = ${ctx.workspaceId}),
    ended as (select t.worker, t.status, t.created_at, extract(epoch from t.finished_at - t.started_at) * 1000 as ms
      from tasks t, midnight m
      where t.workspace_id = ${ctx.workspaceId} and t.status in ('completed', 'failed') and t.finished_at >= m.at
        and t.id >= uuid_floor(m.at - interval '1 day'))
    select worker, count(*) filter (where status = 'completed') as completed,
      count(*) filter (where status = 'failed') as failed,
      min(created_at) filter (where status = 'failed') as failed_from,
      avg(ms) filter (where status = 'completed') as average,
      percentile_cont(0.95) within group (order by ms) filter (where status = 'completed') as p95
    from ended group by worker`)
  const rounded = (value: string | null) => (value === null ? null : Math.round(Number(value)))
  return new Map(
    rows.map((row) => [
      row.worker,
      {
        completed: Number(row.completed),
        failed: Number(row.failed),
        failedFrom: row.failed_from === null ? null : new Date(row.failed_from).toISOString(),
        averageMs: rounded(row.average),
        p95Ms: rounded(row.p95),
      },
    ]),
  )
}

async function waitingTasks(ctx: Ctx): Promise<Map<string, number>> {
  const { rows } = await ctx.tx.execute<{ worker: string; count: string }>(sql`
    select worker, count(*) from tasks
    where workspace_id = ${ctx.workspaceId} and status = 'pending' and (not_before is null or not_before <= now())
    group by worker`)
  return new Map(rows.map((row) => [row.worker, Number(row.count)]))
}

const MAX_PROCESSES = 50

async function listProcesses(ctx: Ctx): Promise<WorkerProcess[]> {
  const running = and(isNull(workerProcesses.stoppedAt), isNull(workerProcesses.lostAt))
  const hourAgo = sql`now() - interval '1 hour'`
  const rows = await ctx.tx
    .select({ process: workerProcesses, now: sql<string>`now()`, running: sql<boolean>`${running}` })
    .from(workerProcesses)
    .where(or(running, gt(workerProcesses.stoppedAt, hourAgo), gt(workerProcesses.lostAt, hourAgo)))
    .orderBy(desc(sql`${running}`), desc(workerProcesses.id))
    .limit(MAX_PROCESSES)
  return rows.map(({ process, now }) => processOf(process, new Date(now)))
}

function processOf(row: typeof workerProcesses.$inferSelect, now: Date): WorkerProcess {
  const { drainingSince, lostAt, stoppedAt, startedAt, heartbeatAt, ...rest } = row
  const silent = now.getTime() - heartbeatAt.getTime() > SILENT_AFTER_MS
  const ended = lostAt ? 'lost' : stoppedAt ? 'stopped' : null
  return {
    ...rest,
    state: ended ?? (silent ? 'silent' : drainingSince ? 'draining' : 'live'),
    startedAt: startedAt.toISOString(),
    heartbeatAt: heartbeatAt.toISOString(),
    stoppedAt: (stoppedAt ?? lostAt)?.toISOString() ?? null,
  }
}
