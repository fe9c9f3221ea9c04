// Claims waiting tasks for free slots, runs them and writes how they ended. Woken by notifications, with a slow poll as
// the backstop; one fetch at a time per queue; a slot is free when the work is done, not when its commit is.
import type { StoppedAttempt } from '#lib/tasks/announce.ts'
import type { ClaimedTask } from '#lib/queue/claim.ts'
import { type Ending, MAX_SETTLED, type RunRules, type Settlement } from '#lib/queue/settle.ts'
import type { Wire } from '#lib/queue/wire.ts'
import { ISOLATION, type Queue } from '#lib/queue.ts'
import { coalesce } from './coalesce.ts'
import { handedBackEnding, stoppedEnding } from './endings.ts'
import { rememberHeld } from './held.ts'
import { claimSize, type Lane, openLanes } from './lanes.ts'
import type { Load } from './lease.ts'
import { rememberStopped } from './stopped-attempts.ts'
import { Cancelled, Drained, isTakenAway, LeaseLost } from './stop-reasons.ts'

/** Resolves with how the attempt ended. What it does after its signal was aborted is ignored. */
export type Handler = (task: ClaimedTask, signal: AbortSignal) => Promise<Ending>

export type DispatcherOptions = {
  queue: Queue
  /** Commits of claims need not wait for the disk, those of completions do. */
  claims: Wire
  completions: Wire
  runs: RunRules
  handle: Handler
  /** What is written when the database refuses an ending, such as a result with a NUL. */
  unstorable: () => Ending
  /** Returns attempts that nobody runs to the queue. */
  giveBack: (processId: number, attempts: StoppedAttempt[]) => Promise<void>
  modelOn: boolean
  /** Epoch milliseconds until which no task for the model is claimed, or null. */
  pausedUntil?: () => number | null
  isolation: { tryEnter: (options: { modelPaused: boolean }) => Promise<boolean>; leave: () => Promise<void> }
}

export type Dispatcher = {
  setSlots: (slots: Map<string, number>) => void
  /** A queue has something new, or any may have. */
  wake: (queue?: string) => void
  stopAttempts: (attempts: StoppedAttempt[]) => void
  /** Works under this number from now on. */
  resume: (processId: number) => void
  /** Gives up everything in flight. Returns the ids of the tasks that were running. */
  loseLease: () => string[]
  load: () => Load
  /** Gives back tasks that this process claimed without getting to know of it. */
  returnLost: () => Promise<void>
  /** Claims nothing any more. */
  drain: () => void
  /** Tells running tasks to go back to the queue. */
  returnRunning: () => void
  /** Resolves when nothing runs and everything is written. */
  idle: () => Promise<void>
  close: () => void
}

type Running = { task: ClaimedTask; lane: Lane; stop: AbortController }

/** Unwritten endings above which claiming waits. */
const MAX_UNWRITTEN = 1_000
export function openDispatcher(options: DispatcherOptions): Dispatcher {
  const { lane, ordinary, load } = openLanes()
  const running = new Set<Running>()
  const stopped = rememberStopped()
  const held = rememberHeld({ claims: options.claims, processId: () => processId, giveBack: options.giveBack })
  const watchers: (() => void)[] = []
  let processId: number | null = null
  let draining = false
  /** The process empties itself for a task that must run alone, or runs it. */
  let alone = false
  let overfull = false

  const endings = coalesce<Settlement>(
    async (batch) => {
      const ours = await options.queue.settle(options.completions, batch, options.runs)
      return new Set(batch.filter((item) => ours.has(item.task.id)))
    },
    { max: MAX_SETTLED },
  )

  function room(into: Lane): number {
    if (processId === null || draining) return 0
    overfull = endings.size > MAX_UNWRITTEN
    if (overfull) return 0
    return alone === (into.name === ISOLATION) ? claimSize(into) : 0
  }

  function modelPaused(): boolean {
    return options.modelOn && (options.pausedUntil?.() ?? 0) > Date.now()
  }

  async function pump(into: Lane): Promise<void> {
    if (into.fetching) return
    into.fetching = true
    try {
      for (let size = room(into); size > 0 && into.more; size = room(into)) {
        const { generation } = into
        const found = await fetchInto(into, size)
        if (found < size && generation === into.generation) into.more = false
      }
    } catch (error) {
      held.doubt(error)
      complain('claiming failed', error)
    } finally {
      into.fetching = false
    }
  }

  async function fetchInto(into: Lane, size: number): Promise<number> {
    await held.resolveDoubt()
    const mine = processId
    if (mine === null) return 0
    const request = {
      queue: into.name,
      processId: mine,
      size,
      modelOn: options.modelOn,
      modelPaused: modelPaused(),
    }
    const { tasks, found } = await options.queue.claim(options.claims, request)
    for (const task of tasks) {
      held.add(task)
      // The lease was lost while the claim was under way: nobody would look for these.
      if (processId !== mine) void write(task, handedBackEnding()).then(() => held.remove(task))
      else start(into, task)
    }
    return found
  }

  function start(into: Lane, task: ClaimedTask): void {
    const entry: Running = { task, lane: into, stop: new AbortController() }
    running.add(entry)
    into.busy += 1
    if (stopped.includes(task)) entry.stop.abort(new Cancelled())
    void run(entry)
  }

  async function run(entry: Running): Promise<void> {
    const { task, lane: from, stop } = entry
    const attempt = options.handle(task, stop.signal).catch(() => options.unstorable())
    const ending = await Promise.race([attempt, stoppedEnding(stop.signal)])
    running.delete(entry)
    from.busy -= 1
    const written = isTakenAway(stop.signal.reason) ? Promise.resolve() : write(task, ending)
    if (from.name === ISOLATION) await leaveIsolation(written)
    else setImmediate(() => void pump(from))
    await written
    held.remove(task)
    settleWatchers()
  }

  async function write(task: ClaimedTask, ending: Ending): Promise<void> {
    try {
      const kept = await endings.add({ task, ending })
      if (!kept) console.warn(`worker: stale_attempt task ${task.id} epoch ${task.epoch}: it had been taken away`)
    } catch (error) {
      complain(`task ${task.id} could not be written`, error)
      const second = { task, ending: options.unstorable() }
      await endings.add(second).catch((again: unknown) => complain(`task ${task.id} is left to the reconciler`, again))
    }
    if (overfull && endings.size === 0) wake()
  }

  /** Suspects wait in their own queue: the process stops claiming, empties itself and runs one of them. */
  async function pumpIsolation(): Promise<void> {
    const own = lane(ISOLATION)
    if (own.fetching || alone || processId === null || draining) return
    own.fetching = true
    try {
      if (!(await options.isolation.tryEnter({ modelPaused: modelPaused() }))) return
      alone = true
      await emptied()
      own.fetching = false
      own.more = true
      if (!draining) await pump(own)
    } catch (error) {
      complain('isolation failed', error)
    } finally {
      own.fetching = false
      if (alone && own.busy === 0) await leaveIsolation(Promise.resolve())
    }
  }

  async function leaveIsolation(written: Promise<unknown>): Promise<void> {
    await written
    alone = false
    await options.isolation.leave().catch(() => {})
    wake()
  }

  function wake(queue?: string): void {
    for (const each of queue === undefined ? ordinary() : [lane(queue)]) {
      each.generation += 1
      each.more = true
      void pump(each)
    }
  }

  function emptied(): Promise<void> {
    return running.size === 0 ? Promise.resolve() : new Promise((resolve) => watchers.push(resolve))
  }

  function settleWatchers(): void {
    if (running.size === 0) for (const watcher of watchers.splice(0)) watcher()
  }

  function abortWhere(choose: (entry: Running) => boolean, reason: Error): void {
    for (const entry of running) if (choose(entry)) entry.stop.abort(reason)
  }

  return {
    setSlots: (slots) => {
      const changed = [...slots].filter(([name, count]) => lane(name).slots !== count)
      for (const [name, count] of changed) lane(name).slots = count
      if (changed.length > 0) wake()
    },
    wake: (queue) => {
      stopped.forgetOld()
      if (queue === undefined || queue === ISOLATION) void pumpIsolation()
      if (queue !== ISOLATION) wake(queue)
    },
    stopAttempts: (attempts) => {
      attempts.forEach(stopped.add)
      abortWhere((entry) => stopped.includes(entry.task), new Cancelled())
    },
    resume: (id) => {
      processId = id
      wake()
    },
    loseLease: () => {
      processId = null
      const ids = [...running].map((entry) => entry.task.id)
      abortWhere(() => true, new LeaseLost())
      return ids
    },
    load,
    returnLost: held.returnLost,
    drain: () => {
      draining = true
    },
    returnRunning: () => abortWhere(() => true, new Drained()),
    idle: async () => {
      while (running.size > 0 || endings.size > 0) {
        await emptied()
        await endings.idle()
      }
    },
    close: () => endings.close(),
  }
}

function complain(what: string, error: unknown): void {
  console.warn(`worker: ${what} (${error instanceof Error ? error.message : String(error)})`)
}
