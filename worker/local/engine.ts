// The built-in engine: a few threads, started on first use and ended when nobody asked for a while, since each holds
// some 150 MB. A text that hangs or kills its thread harms no other.
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Outcome } from '#lib/workers/define.ts'
import { closed, failed, LocalEngineError, outOfMemory, threadLost, tooSlow } from './errors.ts'
import type { Reply } from './thread.ts'

export type LocalEngine = {
  /**
   * @throws LocalEngineError, or the signal's reason. After an abort the thread finishes in the background, within the
   * deadline, and is then free again. `onBegin` is called when the question has waited its turn.
   */
  run: (worker: string, input: unknown, signal?: AbortSignal, onBegin?: () => void) => Promise<Outcome>
  close: () => Promise<void>
  readonly loaded: boolean
}

type Options = { threads?: number; deadlineMs?: number; idleMs?: number; memoryMb?: number; threadFile?: URL }
type Job = {
  id: number
  worker: string
  input: unknown
  onBegin: (() => void) | undefined
  resolve: (outcome: Outcome) => void
  reject: (reason: unknown) => void
}
type Thread = {
  worker: Worker
  online: boolean
  job: Job | null
  /** Its job's deadline, or between jobs its end. */
  timer: NodeJS.Timeout | undefined
  watch: NodeJS.Timeout | undefined
}

const LOOK_MS = 50
/** V8's own limit, which buffers do not count for and which can abort the whole process instead of the thread. */
const LAST_RESORT = 3

export function openLocalEngine(options: Options = {}): LocalEngine {
  const {
    threads: size = Math.min(2, availableParallelism()),
    deadlineMs = 30_000,
    idleMs = 60_000,
    memoryMb = 768,
  } = options
  const threadFile = options.threadFile ?? new URL('./thread.ts', import.meta.url)
  const threads = new Set<Thread>()
  const queue: Job[] = []
  let open = true
  let lastId = 0

  const next = (): void => {
    while (queue.length > 0) {
      const thread = idleThread()
      if (!thread) return
      const job = queue.shift()
      if (job) assign(thread, job)
    }
  }

  const idleThread = (): Thread | null => {
    // The one that was started first, so that the others find time to end.
    for (const thread of threads) if (!thread.job) return thread
    return threads.size < size ? start() : null
  }

  const assign = (thread: Thread, job: Job): void => {
    clearTimeout(thread.timer)
    thread.job = job
    thread.worker.ref()
    if (thread.online) limit(thread)
    thread.worker.postMessage({ id: job.id, worker: job.worker, input: job.input })
  }

  const limit = (thread: Thread): void => {
    thread.job?.onBegin?.()
    thread.timer = setTimeout(() => drop(thread, tooSlow(deadlineMs)), deadlineMs)
    thread.watch = setTimeout(() => void look(thread), LOOK_MS)
  }

  const look = async (thread: Thread): Promise<void> => {
    const { job } = thread
    const used = await memoryOf(thread.worker)
    if (!job || thread.job !== job) return
    if (used > memoryMb * 1_000_000) drop(thread, outOfMemory())
    else thread.watch = setTimeout(() => void look(thread), LOOK_MS)
  }

  const start = (): Thread => {
    const worker = new Worker(threadFile, { resourceLimits: { maxOldGenerationSizeMb: LAST_RESORT * memoryMb } })
    const thread: Thread = { worker, online: false, job: null, timer: undefined, watch: undefined }
    threads.add(thread)
    // A busy machine takes its time to start a thread: that is not the question's fault.
    worker.once('online', () => {
      thread.online = true
      if (thread.job) limit(thread)
    })
    worker.on('message', (reply: Reply) => settle(thread, reply))
    worker.on('error', (error) => drop(thread, threadLost(error)))
    worker.on('exit', (code) => drop(thread, threadLost(new Error(`exit code ${code}`))))
    return thread
  }

  const settle = (thread: Thread, reply: Reply): void => {
    const { job } = thread
    if (job?.id !== reply.id) return
    stopClocks(thread)
    thread.job = null
    thread.worker.unref()
    if ('failure' in reply) job.reject(failed(reply.failure))
    else job.resolve(reply.outcome as Outcome)
    next()
    if (!thread.job) thread.timer = setTimeout(() => drop(thread, closed()), idleMs).unref()
  }

  const drop = (thread: Thread, reason: LocalEngineError): void => {
    if (!threads.delete(thread)) return
    stopClocks(thread)
    thread.job?.reject(reason)
    void thread.worker.terminate()
    next()
  }

  return {
    run: (worker, input, signal, onBegin) =>
      new Promise<Outcome>((resolve, reject) => {
        if (!open) throw closed()
        signal?.throwIfAborted()
        const job: Job = { id: (lastId += 1), worker, input, onBegin, resolve, reject }
        const abort = (): void => {
          const waiting = queue.indexOf(job)
          if (waiting >= 0) queue.splice(waiting, 1)
          finish(() => reject(signal?.reason))
        }
        const finish = (settleJob: () => void): void => {
          signal?.removeEventListener('abort', abort)
          settleJob()
        }
        job.resolve = (outcome) => finish(() => resolve(outcome))
        job.reject = (reason) => finish(() => reject(reason))
        signal?.addEventListener('abort', abort, { once: true })
        queue.push(job)
        next()
      }),
    close: async () => {
      open = false
      for (const job of queue.splice(0)) job.reject(closed())
      const ending = [...threads].map((thread) => thread.worker)
      for (const thread of threads) drop(thread, closed())
      await Promise.all(ending.map((worker) => worker.terminate()))
    },
    get loaded() {
      return threads.size > 0
    },
  }
}

function stopClocks(thread: Thread): void {
  clearTimeout(thread.timer)
  clearTimeout(thread.watch)
}

/** Its heap and its buffers, in bytes; 0 of a thread that has ended. */
async function memoryOf(worker: Worker): Promise<number> {
  try {
    const { total_heap_size, external_memory } = await worker.getHeapStatistics()
    return total_heap_size + external_memory
  } catch {
    return 0
  }
}
