// Delivery: pg-boss holds one disposable ticket per waiting task, with the task's id as its only data. Its group is the
// engine asked for, unless that is the built-in one: where the model's provider asks to wait, such groups are passed by.
// This file and lib/queue/ are the only ones that know pg-boss.
import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { Client } from 'pg'
import { fromDrizzle, PgBoss } from 'pg-boss'
import type { Engine } from '#lib/tasks/states.ts'
import type { OpenDatabase, Tx } from '#lib/db/client.ts'
import { preparedIn } from '#lib/db/statement.ts'
import { ALL_WORKERS } from '#lib/workers/registry.ts'
import { claim, type ClaimedTask, type ClaimRequest } from './queue/claim.ts'
import { readSending, type Sending } from './queue/sending.ts'
import type { Place } from './queue/tags.ts'
import { roundTripMs } from './queue/round-trip.ts'
import { type RunRules, settle, type Settlement } from './queue/settle.ts'
import type { Wire } from './queue/wire.ts'

/** Tasks that were there when processes died wait here: each runs alone in its process. */
export const ISOLATION = 'isolation'

/** From this many deaths on, a task runs alone. */
export const SUSPECT = 2

/** The channel on which pg-boss announces new tickets; the payload is the queue's name. */
export const TICKET_CHANNEL = `pgboss_${createHash('sha224').update('pgboss').digest('hex').slice(0, 24)}`

export type Ticket = Place & { id: string; engine: Engine; startAfter?: Date | null }

export type Queue = {
  /** @throws Error when a ticket with one of these ids is there already: the caller's transaction must roll back. */
  send: (tx: Tx, queue: string, tickets: Ticket[]) => Promise<void>
  /** The same as part of a larger statement. */
  sending: (queue: string) => Promise<Sending>
  /** Replaces whatever tickets these tasks had, in any state. */
  resend: (tx: Tx, queue: string, tickets: Ticket[]) => Promise<void>
  /** Ends waiting and running tickets. */
  cancel: (tx: Tx, queue: string, ids: string[]) => Promise<void>
  claim: (wire: Wire, request: ClaimRequest) => Promise<{ tasks: ClaimedTask[]; found: number }>
  settle: (wire: Wire, batch: Settlement[], rules?: RunRules) => Promise<Set<string>>
  /** Milliseconds that a ticket's way takes now; the ticket itself is undone. */
  roundTripMs: (tx: Tx) => Promise<number>
  close: () => Promise<void>
}

type QueueOptions = {
  /** Removes old tickets and expires lost ones: in worker processes. */
  supervise?: boolean
}

/** The queue over our own connections: it opens none. The schema must be installed. */
export async function openQueue({ pool }: OpenDatabase, { supervise = false }: QueueOptions = {}): Promise<Queue> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values) },
    supervise,
    migrate: false,
    schedule: false,
    registerInstance: false,
    reindex: false,
    monitorVacuum: false,
    openTelemetry: { enabled: false },
    maintenanceIntervalSeconds: 300,
  })
  boss.on('error', (error) => console.warn(`queue: ${error.message}`))
  await boss.start()
  return {
    send: (tx, queue, tickets) => send(boss, tx, queue, tickets),
    sending: (queue) => readSending(boss, queue),
    resend: async (tx, queue, tickets) => {
      if (tickets.length === 0) return
      const ids = tickets.map((ticket) => ticket.id)
      await boss.deleteJob(queue, ids, { db: fromDrizzle(tx, sql) })
      await send(boss, tx, queue, tickets)
    },
    cancel: async (tx, queue, ids) => {
      if (ids.length > 0) await boss.cancel(queue, ids, { db: fromDrizzle(tx, sql) })
    },
    claim: (wire, request) => claim(boss, wire, request),
    settle: (wire, batch, rules) => settle(boss, wire, batch, rules),
    roundTripMs: (tx) => roundTripMs(boss, tx, ISOLATION),
    close: () => boss.stop({ graceful: false, close: false }),
  }
}

async function send(boss: PgBoss, tx: Tx, queue: string, tickets: Ticket[]): Promise<void> {
  if (tickets.length === 0) return
  const jobs = tickets.map(({ id, engine, priority, startAfter }) => ({
    id,
    priority,
    data: { taskId: id },
    ...(engine === 'rules' ? {} : { group: { id: engine } }),
    ...(startAfter ? { startAfter: startAfter.toISOString() } : {}),
  }))
  const run = preparedIn(tx)
  const db = run ? { executeSql: run } : fromDrizzle(tx, sql)
  const sent = await boss.insert(queue, jobs, { db, returnId: true })
  if ((sent?.length ?? 0) !== tickets.length)
    throw new Error(
      `The queue "${queue}" refused ${tickets.length - (sent?.length ?? 0)} of ${tickets.length} tickets.`,
    )
}

/** The queue in which a task's ticket lies. */
export function queueOf(task: { worker: string; suspicion: number }): string {
  return task.suspicion >= SUSPECT ? ISOLATION : task.worker
}

/** As long as pg-boss's integer column holds: 63 years. */
const FOREVER_SECONDS = 2_000_000_000

/** Creates or migrates pg-boss's schema, with a queue, a clock and default slots for every worker type. */
export async function installQueue(url: string): Promise<void> {
  const boss = new PgBoss({ connectionString: url, max: 2, supervise: false, schedule: false, registerInstance: false })
  boss.on('error', () => {})
  try {
    await boss.start()
    for (const name of [...ALL_WORKERS.map((worker) => worker.name), ISOLATION])
      await boss.createQueue(name, {
        notify: true,
        retryLimit: 2_147_483_647,
        retryDelay: 0,
        retentionSeconds: FOREVER_SECONDS,
        expireInSeconds: 86_400,
        deleteAfterSeconds: 600,
      })
  } finally {
    await boss.stop({ graceful: false })
  }
  await createClocksAndPools(url)
}

async function createClocksAndPools(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(`insert into queue_clocks (queue) select unnest($1::text[]) on conflict do nothing`, [
      [...ALL_WORKERS.map((worker) => worker.name), ISOLATION],
    ])
    await client.query(
      `insert into worker_pools (worker, slots) select * from unnest($1::text[], $2::int[]) on conflict do nothing`,
      [ALL_WORKERS.map((worker) => worker.name), ALL_WORKERS.map((worker) => worker.slots)],
    )
  } finally {
    await client.end()
  }
}
