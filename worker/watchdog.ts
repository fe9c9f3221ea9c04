// Kills the process when its event loop stands still: an endless loop keeps the lease alive but nothing else, and only
// another process, or this one after a restart, can go on with its tasks.
import { Worker } from 'node:worker_threads'

const CHECK_MS = 1_000

// Counts checks, not time: a process that was frozen and goes on has missed time but no check.
const THREAD = `
const { workerData: { ticks, limit, everyMs } } = require('node:worker_threads')
let last = -1, still = 0
setInterval(() => {
  const now = Atomics.load(ticks, 0)
  still = now === last ? still + 1 : 0
  last = now
  if (still < limit) return
  require('node:fs').writeSync(2, 'worker: the event loop has stood still for ' + Math.round((limit * everyMs) / 1000) + ' s; the process ends itself\\n')
  process.kill(process.pid, 'SIGKILL')
}, everyMs)`

/** @returns how to call it off */
export function startWatchdog({ hungMs }: { hungMs: number }): () => Promise<void> {
  const ticks = new Int32Array(new SharedArrayBuffer(4))
  const everyMs = Math.min(CHECK_MS, hungMs / 5)
  const timer = setInterval(() => Atomics.add(ticks, 0, 1), everyMs / 2)
  timer.unref()
  const thread = new Worker(THREAD, {
    eval: true,
    execArgv: [],
    workerData: { ticks, limit: Math.ceil(hungMs / everyMs), everyMs },
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 },
  })
  thread.unref()
  thread.on('error', (error) => console.warn(`worker: the watchdog ended (${error.message})`))
  return async () => {
    clearInterval(timer)
    await thread.terminate()
  }
}
