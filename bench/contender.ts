// One way of doing background work on Postgres, measured as its users would run it: a worker process of its own and a
// caller that submits from this one.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export type ServeOptions = { url: string; slots: number; batch: number }

export type Caller = {
  /** Submits one job and gives its id; when it resolves the job is committed. */
  submit: () => Promise<string>
  /** Fills the queue before a throughput run. */
  fill: (count: number) => Promise<void>
  /** How many jobs are not yet finished. */
  left: () => Promise<number>
  /** @throws Error when what the jobs should have left behind is not there. */
  verify?: (count: number) => Promise<void>
  close: () => Promise<void>
}

export type Contender = {
  /** Makes the tables; called once for a database. */
  install: (url: string) => Promise<void>
  call: (url: string) => Promise<Caller>
  /** In the worker process: works until it is killed, calling `started` when a handler starts. */
  serve: (options: ServeOptions, started: (id: string) => void) => Promise<void>
}

export type WorkerProcess = {
  pid: number
  /** When each handler started, on the clock of `now()`. */
  starts: Map<string, number>
  startedCount: () => number
  kill: () => Promise<void>
}

/** Milliseconds on the machine's one monotonic clock, comparable between processes. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

const SERVE = fileURLToPath(new URL('contenders/serve.ts', import.meta.url))

export async function startWorker(name: string, options: ServeOptions): Promise<WorkerProcess> {
  const child = fork(SERVE, [name, JSON.stringify(options)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const starts = new Map<string, number>()
  child.on('message', (message: [string, number][] | 'ready') => {
    if (message !== 'ready') for (const [id, at] of message) starts.set(id, at)
  })
  await ready(name, child)
  return {
    pid: child.pid ?? 0,
    starts,
    startedCount: () => starts.size,
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function ready(name: string, child: ChildProcess): Promise<void> {
  const first = await Promise.race([
    once(child, 'message').then(([message]) => message as unknown),
    once(child, 'exit').then(([code]) => `exit ${code}`),
  ])
  if (first !== 'ready') throw new Error(`The worker of ${name} did not start: ${String(first)}`)
}
