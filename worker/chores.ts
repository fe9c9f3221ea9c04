// What any worker process does beside its tasks. Every chore may run in all processes at once.
import { sql } from 'drizzle-orm'
import { feedBatches } from '#lib/batches/feed.ts'
import { releaseBudgets } from '#lib/budgets/release.ts'
import type { Database } from '#lib/db/client.ts'
import { databaseFault } from '#lib/db/faults.ts'
import { foldRound } from '#lib/db/fold-search.ts'
import { forgetAbandonedBytes } from '#lib/documents/store.ts'
import { deadProcesses, forgetOldProcesses } from '#lib/pools/processes.ts'
import { ISOLATION, type Queue } from '#lib/queue.ts'
import { moveBase, renumber } from '#lib/queue/tags.ts'
import { forgetOldKeys } from '#lib/tasks/idempotency.ts'
import { reconcile } from '#lib/tasks/reconcile.ts'
import { takeOver } from '#lib/tasks/take-over.ts'
import { forgetOldFirings, watchTriggers } from '#lib/triggers/watch.ts'
import { catchUpRuns, wakeRuns } from '#lib/workflows/catch-up.ts'
import { ALL_WORKERS } from '#lib/workers/registry.ts'
import type { Timing } from './timing.ts'

export type Chores = { stop: () => Promise<void> }

type ChoreOptions = {
  db: Database
  queue: Queue
  timing: Timing
  processId: () => number | null
  returnLost: () => Promise<void>
}

const DAY_MS = 86_400_000
const SETTLE_MS = 500

export function startChores(options: ChoreOptions): Chores {
  const { db, queue, timing } = options
  const stopping = new AbortController()
  const repeat = (name: string, everyMs: number, work: () => Promise<unknown>) =>
    repeating(name, everyMs, stopping.signal, work)
  const loops = [
    repeat('take over', timing.reapMs, openReaper(options)),
    repeat('reconcile', timing.reconcileMs, async () => {
      const ids = await reconcile(db, queue)
      if (ids.length > 0) console.warn(`worker: orphan_task ${ids.length} tasks had no live ticket and were put right`)
    }),
    repeat('catch up with runs', timing.reconcileMs, () => catchUpRuns({ db, queue })),
    repeat('wake runs', timing.backstopMs, () => wakeRuns({ db, queue })),
    repeat('feed batches', timing.feedMs, () => feedBatches(db, queue)),
    repeat('release budgets', timing.backstopMs, () => releaseBudgets(db, queue)),
    repeat('watch triggers', timing.backstopMs, () => watchTriggers({ db, queue })),
    repeat('return lost claims', timing.reconcileMs, options.returnLost),
    repeat('fold search', timing.foldMs, openFolding(db, stopping.signal)),
    repeat('forget', timing.cleanMs, () =>
      db.transaction(async (tx) => {
        await forgetOldKeys(tx)
        await forgetOldProcesses(tx)
        await forgetAbandonedBytes(tx)
        await forgetOldFirings(tx)
      }),
    ),
    repeat('renumber', 60_000, openRenumbering(db)),
    repeat('make partitions', DAY_MS, () => db.execute(sql`select make_partitions()`)),
  ]
  return {
    stop: async () => {
      stopping.abort()
      await Promise.all(loops)
    },
  }
}

/** A process counts as dead when it was missing twice: one whose lease was cut is back before that. */
function openReaper({ db, queue, timing, processId }: ChoreOptions): () => Promise<void> {
  let missing = new Set<number>()
  return async () => {
    const me = processId()
    if (me === null) return missing.clear()
    const found = await deadProcesses(db, me, timing.silentMs)
    const dead = found.filter((id) => missing.has(id))
    missing = new Set(found)
    if (dead.length === 0) return
    const returned = await db.transaction((tx) =>
      takeOver(tx, queue, dead, { suspected: true, backoffMs: timing.backoffMs }),
    )
    console.warn(`worker: process ${dead.join(', ')} is gone; ${returned.length} of its tasks go on elsewhere`)
  }
}

/** Under load the search lags behind rather than take more than half of a processor from the tasks. */
function openFolding(db: Database, signal: AbortSignal): () => Promise<void> {
  return async () => {
    for (let more = true; more && !signal.aborted;) {
      const startedAt = performance.now()
      ;({ more } = await foldRound(db, { signal, settleMs: SETTLE_MS }))
      if (more) await pause(performance.now() - startedAt, signal)
    }
  }
}

/** Once when a base has moved, and a minute later for what was being submitted meanwhile. */
function openRenumbering(db: Database): () => Promise<void> {
  let again = new Set<string>()
  return async () => {
    const due = new Set<string>()
    for (const name of [...ALL_WORKERS.map((worker) => worker.name), ISOLATION]) {
      if (await db.transaction((tx) => moveBase(tx, name))) due.add(name)
      if (due.has(name) || again.has(name)) await db.transaction((tx) => renumber(tx, name))
    }
    again = due
  }
}

async function repeating(
  name: string,
  everyMs: number,
  signal: AbortSignal,
  work: () => Promise<unknown>,
): Promise<void> {
  let complained = false
  while (!signal.aborted) {
    try {
      await work()
      complained = false
    } catch (error) {
      // An outage is told once, by the lease.
      if (!complained && databaseFault(error) === null) console.warn(`worker: ${name} failed (${String(error)})`)
      complained = true
    }
    await pause(everyMs, signal)
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    function done(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done)
  })
}
