// Returns the tasks of processes that are gone to the queue. A process that died casts suspicion on every task it held:
// at two a task runs alone, at four it fails, so a task that kills its process does not take its neighbours with it.
import { sql } from 'drizzle-orm'
import type { Tx } from '#lib/db/client.ts'
import { markLost } from '#lib/pools/processes.ts'
import { type Queue, queueOf } from '#lib/queue.ts'
import { keepPlaces } from '#lib/queue/tags.ts'
import { announce, announceRuns, announceStopped } from './announce.ts'
import type { Engine, TaskError } from './states.ts'

/** Deaths of its process after which a task is given up. */
export const MAX_SUSPICION = 4

const WORKER_DIED: TaskError = {
  code: 'worker_died',
  message: `The worker process died ${MAX_SUSPICION} times while it ran this task.`,
  advice: 'The text may be one that the worker cannot stand. Change it, or look at the worker’s log before retrying.',
}

export type Returned = {
  id: string
  workspace_id: string
  worker: string
  run_id: string | null
  engine: Engine
  status: 'pending' | 'failed'
  tag: string
  suspicion: number
  old_suspicion: number
  old_epoch: number
  not_before: string | null
}

/**
 * Takes over from these processes, unless another process was faster. `suspected` is false for a process that is alive
 * and hands back what it held when its lease was cut.
 */
export async function takeOver(
  tx: Tx,
  queue: Queue,
  processIds: number[],
  { suspected, backoffMs }: { suspected: boolean; backoffMs: number },
): Promise<Returned[]> {
  const mine = await markLost(tx, processIds)
  if (mine.length === 0) return []
  return returnTasks(tx, queue, sql`process_id = any(${sql.param(mine)}::int[])`, {
    why: suspected ? 'process_lost' : 'lease_lost',
    suspected,
    backoffMs,
  })
}

/** Returns running tasks that `where` selects from `tasks`. */
export async function returnTasks(
  tx: Tx,
  queue: Queue,
  where: ReturnType<typeof sql>,
  { why, suspected, backoffMs }: { why: string; suspected: boolean; backoffMs: number },
): Promise<Returned[]> {
  const step = suspected ? 1 : 0
  const dead = sql`d.suspicion + ${step}::int >= ${MAX_SUSPICION}::int`
  // The first death may be anyone's fault; from the second on there is a pause between kills.
  const delay = sql`case when ${suspected} and d.suspicion >= 1
    then clock_timestamp() + power(2, d.suspicion - 1) * ${backoffMs} * interval '1 ms' else t.not_before end`
  const { rows } = await tx.execute<Returned>(sql`
    with d as (select id, epoch, suspicion, process_id from tasks
      where ${where} and finished_at is null and process_id is not null order by id for update skip locked),
    t as (
      update tasks t set seq = t.seq + 1, process_id = null, suspicion = d.suspicion + ${step}::int,
        status = case when ${dead} then 'failed' else 'pending' end,
        error = case when ${dead} then ${JSON.stringify(WORKER_DIED)}::jsonb end,
        finished_at = case when ${dead} then clock_timestamp() end,
        not_before = ${delay}
      from d where t.id = d.id
      returning t.id, t.workspace_id, t.worker, t.run_id, t.engine, t.status, t.tag, t.suspicion, t.seq, t.not_before,
        d.epoch as old_epoch, d.suspicion as old_suspicion, d.process_id as old_process),
    a as (update attempts a set outcome = 'lost', finished_at = clock_timestamp()
      from t where a.task_id = t.id and a.epoch = t.old_epoch and a.outcome is null),
    c as (update calls c set state = 'unknown', finished_at = clock_timestamp()
      from t where c.task_id = t.id and c.epoch = t.old_epoch and c.state = 'sent'),
    e as (insert into events (workspace_id, task_id, seq, type, data, at)
      select workspace_id, id, seq, case when status = 'failed' then 'failed' else 'requeued' end,
        jsonb_build_object('why', ${why}::text, 'processId', old_process, 'suspicion', suspicion), clock_timestamp() from t)
    select id, workspace_id, worker, run_id, engine, status, tag, suspicion, old_suspicion, old_epoch, not_before from t order by id`)
  await moveTickets(tx, queue, rows)
  // Should the process be alive after all, it stops working on them.
  await announceStopped(
    tx,
    rows.map((row) => ({ id: row.id, epoch: row.old_epoch })),
  )
  await announceRuns(
    tx,
    rows.filter((row) => row.status === 'failed'),
  )
  if (rows.length > 0)
    await announce(
      tx,
      rows.map((row) => row.workspace_id),
    )
  return rows
}

async function moveTickets(tx: Tx, queue: Queue, rows: Returned[]): Promise<void> {
  const before = (row: Returned) => queueOf({ worker: row.worker, suspicion: row.old_suspicion })
  const leaving = rows.filter((row) => row.status === 'failed' || before(row) !== queueOf(row))
  for (const [name, tasks] of Map.groupBy(leaving, before))
    await queue.cancel(
      tx,
      name,
      tasks.map((task) => task.id),
    )
  await sendAgain(
    tx,
    queue,
    rows.filter((row) => row.status === 'pending'),
  )
}

/** A row of a task that is to wait again. */
export type Waiting = {
  id: string
  worker: string
  engine: Engine
  suspicion: number
  tag: string
  not_before: string | null
}

/** Gives waiting tasks a ticket at their old place, whatever ticket they had. */
export async function sendAgain(tx: Tx, queue: Queue, tasks: Waiting[]): Promise<void> {
  for (const [name, group] of Map.groupBy(tasks, queueOf)) {
    const places = await keepPlaces(
      tx,
      name,
      group.map((task) => Number(task.tag)),
    )
    const tickets = group.map((task, index) => ({
      id: task.id,
      engine: task.engine,
      ...(places[index] as (typeof places)[number]),
      startAfter: task.not_before ? new Date(task.not_before) : null,
    }))
    await queue.resend(tx, name, tickets)
  }
}

/** A process that was taken for dead but lives clears the tasks it held of that suspicion. */
export async function clearSuspicion(tx: Tx, processId: number, taskIds: string[]): Promise<void> {
  if (taskIds.length === 0) return
  await tx.execute(sql`
    update tasks t set suspicion = greatest(0, t.suspicion - 1)
    from attempts a
    where t.id = any(${sql.param(taskIds)}::uuid[]) and t.suspicion > 0 and t.finished_at is null
      and a.task_id = t.id and a.process_id = ${processId} and a.outcome = 'lost'`)
}
