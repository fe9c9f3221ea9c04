// One worker process: its lease, its dispatcher and its chores over four kinds of connections to one Postgres.
import { sql } from 'drizzle-orm'
import { type ConnectionLimits, type Database, openDatabase } from '#lib/db/client.ts'
import { ISOLATION, openQueue, type Queue, TICKET_CHANNEL } from '#lib/queue.ts'
import { openWire } from '#lib/queue/wire.ts'
import { DOCUMENT_CHANNEL } from '#lib/documents/announce.ts'
import { CANCEL_CHANNEL, POOL_CHANNEL, readStopped, RUN_CHANNEL } from '#lib/tasks/announce.ts'
import { returnLostClaims } from '#lib/tasks/reconcile.ts'
import { clearSuspicion, takeOver } from '#lib/tasks/take-over.ts'
import { advanceRuns, lockRuns } from '#lib/workflows/advance.ts'
import { advanceApart } from '#lib/workflows/catch-up.ts'
import { startChores } from './chores.ts'
import { type Handler, openDispatcher } from './dispatcher.ts'
import { DELIVERY_CHANNEL } from '#lib/deliveries/send.ts'
import { openDeliverySender, type SenderOptions } from './deliveries/sender.ts'
import { openDocumentReader } from './documents/reader.ts'
import { unstorableEnding } from './endings.ts'
import { holdLease, type ProcessDescription } from './lease.ts'
import { type Timing, TIMING } from './timing.ts'

export type WorkerOptions = {
  url: string
  /** For everything that needs no session, where a pooler stands in between. */
  pooledUrl?: string
  handle: (powers: { db: Database; queue: Queue }) => Handler
  describe: ProcessDescription
  pausedUntil?: () => number | null
  timing?: Partial<Timing>
  limits?: ConnectionLimits
  supervise?: boolean
  deliveries?: SenderOptions
}

export type WorkerProcess = {
  processId: () => number | null
  running: () => number
  /** Claims nothing more, waits for what runs, returns the rest. `hurry` cuts the waiting short. */
  stop: (options?: { hurry?: AbortSignal }) => Promise<void>
}

export async function startWorker(options: WorkerOptions): Promise<WorkerProcess> {
  const { url, describe } = options
  const timing = { ...TIMING, ...options.timing }
  const database = openDatabase(options.pooledUrl ?? url, 'baton_worker', {
    max: 4,
    pooled: options.pooledUrl !== undefined && options.pooledUrl !== url,
    ...options.limits,
  })
  const { db } = database
  const queue = await openQueueWhenPossible(() => openQueue(database, { supervise: options.supervise ?? true }), timing)
  const claims = openWire({ url, role: 'baton_worker', name: 'baton worker claims', asyncCommit: true })
  const completions = openWire({ url, role: 'baton_worker', name: 'baton worker completions' })
  const dispatcher = openDispatcher({
    queue,
    claims,
    completions,
    runs: { lock: lockRuns, advance: (tx, ids, tasks) => advanceRuns({ tx, queue }, ids, tasks) },
    handle: options.handle({ db, queue }),
    unstorable: unstorableEnding,
    giveBack: async (processId, attempts) => {
      const ids = await returnLostClaims(db, queue, processId, attempts)
      if (ids.length > 0) console.warn(`worker: lost_claim ${ids.join(', ')}: back to the queue`)
    },
    modelOn: describe.modelOn,
    ...(options.pausedUntil ? { pausedUntil: options.pausedUntil } : {}),
    isolation: { tryEnter: enterIsolation, leave: () => lease.unlock(ISOLATION_LOCK) },
  })
  let advancing: Promise<void> = Promise.resolve()
  /** What ran when a lease was lost, until the next one is taken. */
  let heldBefore: string[] = []

  const lease = holdLease({
    url,
    channels: [TICKET_CHANNEL, POOL_CHANNEL, CANCEL_CHANNEL, RUN_CHANNEL, DOCUMENT_CHANNEL, DELIVERY_CHANNEL],
    describe,
    load: dispatcher.load,
    ...timing,
    prepare: async (earlier) => {
      for (const processId of earlier)
        await db.transaction(async (tx) => {
          await takeOver(tx, queue, [processId], { suspected: false, backoffMs: timing.backoffMs })
          await clearSuspicion(tx, processId, heldBefore)
        })
      heldBefore = []
      await readSlots()
    },
    onTaken: dispatcher.resume,
    onLost: () => {
      heldBefore = [...heldBefore, ...dispatcher.loseLease()]
    },
    onNotification: (channel, payload) => {
      if (channel === TICKET_CHANNEL) dispatcher.wake(payload)
      else if (channel === DOCUMENT_CHANNEL) documents.wake()
      else if (channel === DELIVERY_CHANNEL) deliveries.wake()
      else if (channel === CANCEL_CHANNEL) dispatcher.stopAttempts(readStopped(payload))
      else if (channel === RUN_CHANNEL) advanceSoon(payload.split(','))
      else void readSlots().catch(() => {})
    },
  })

  /** One after the other: what nobody gets to now is found by a chore. */
  function advanceSoon(ids: string[]): void {
    advancing = advancing.then(() => advanceApart({ db, queue }, ids)).catch(() => {})
  }

  async function readSlots(): Promise<void> {
    const { rows } = await db.execute<{ worker: string; slots: number }>(sql`select worker, slots from worker_pools`)
    dispatcher.setSlots(new Map(rows.map((row) => [row.worker, row.slots])))
  }

  async function enterIsolation({ modelPaused }: { modelPaused: boolean }): Promise<boolean> {
    const { rows } = await db.execute<{ waiting: boolean }>(sql`
      select exists (select from pgboss.job where name = ${ISOLATION} and state < 'active' and not blocked
        and start_after <= now() and (group_id is null or not ${modelPaused})) as waiting`)
    return rows[0]?.waiting === true && (await lease.tryLock(ISOLATION_LOCK))
  }

  const documents = openDocumentReader({ db, pollMs: timing.heartbeatMs, leaseMs: timing.silentMs })
  const deliveries = openDeliverySender({ db, queue, pollMs: timing.backstopMs, ...options.deliveries })
  const chores = startChores({ db, queue, timing, processId: lease.processId, returnLost: dispatcher.returnLost })
  const backstop = setInterval(() => dispatcher.wake(), timing.backstopMs)
  // The word of a change may be lost, or the answer to it.
  const slots = setInterval(() => void readSlots().catch(() => {}), timing.heartbeatMs)
  await lease.ready

  return {
    processId: lease.processId,
    running: () => Object.values(dispatcher.load()).reduce((sum, { busy }) => sum + busy, 0),
    stop: async ({ hurry } = {}) => {
      clearInterval(backstop)
      clearInterval(slots)
      dispatcher.drain()
      const others = Promise.all([documents.stop(), deliveries.stop()])
      await lease.markDraining()
      await Promise.race([dispatcher.idle(), patience(timing.drainMs, hurry)])
      dispatcher.returnRunning()
      await Promise.race([dispatcher.idle(), patience(WRITE_MS)])
      dispatcher.close()
      await Promise.all([chores.stop(), others])
      await lease.release()
      await advancing
      await Promise.all([claims.close(), completions.close()])
      await queue.close()
      await database.close()
    },
  }
}

const ISOLATION_LOCK = 0

/** After the returned tasks' last chance to be written, the next process finds them. */
const WRITE_MS = 5_000

async function patience(ms: number, hurry?: AbortSignal): Promise<void> {
  if (hurry?.aborted) return
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    timer.unref()
    hurry?.addEventListener('abort', () => resolve(), { once: true })
  })
}

/** Postgres may not be there yet, or its migrations may be under way. */
async function openQueueWhenPossible<Opened>(open: () => Promise<Opened>, timing: Timing): Promise<Opened> {
  let complained = false
  for (let pauseMs = timing.reconnectMs; ; pauseMs = Math.min(timing.maxReconnectMs, 2 * pauseMs)) {
    try {
      return await open()
    } catch (error) {
      if (!complained) console.warn(`worker: the database is not ready (${(error as Error).message}); waiting for it`)
      complained = true
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}
