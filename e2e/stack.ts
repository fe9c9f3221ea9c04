// The whole product as separate processes on free ports, for the browser tests and for breaking it: Postgres behind a
// proxy, the web app's production build, worker processes and a scripted model server.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { type EmbeddedServer, freePort, startEmbedded } from '#lib/db/embedded.ts'
import { migrate } from '#lib/db/migrate.ts'
import { type ApiClient, newClient } from './api-client.ts'
import { type ModelServer, openModelServer } from './model-server.ts'
import type { Step } from './model-completion.ts'
import { openPgProxy, type PgProxy } from './prove/pg-proxy.ts'

export type StackOptions = {
  /** Holds the cluster and the processes' logs. */
  folder: string
  workers?: number
  web?: boolean
  /** Settings of the worker and web processes, over the defaults. */
  settings?: Record<string, string>
  /** What the model server waits before each answer. */
  modelDelayMs?: number
}

export type Stack = {
  baseUrl: string
  /** Through the proxy, as the processes have it. */
  databaseUrl: string
  /** A superuser's connections past the proxy, to look at rows; survives restarts of the server. */
  admin: () => pg.Pool
  proxy: PgProxy
  model: ModelServer
  workers: readonly Child[]
  /** `program` is what Node runs: its own options, then the file. */
  startWorker: (index: number, program?: string[]) => Promise<Child>
  /** Resolves when it has ended, with its exit code (null after a signal). */
  killWorker: (index: number, signal: NodeJS.Signals) => Promise<number | null>
  signalWorker: (index: number, signal: NodeJS.Signals) => void
  web: () => Child | undefined
  /** `options` are Node's own; `folder` holds another build of the app. */
  startWeb: (start?: { options?: string[]; folder?: string }) => Promise<void>
  killWeb: (signal?: NodeJS.Signals) => Promise<void>
  /** Nothing happens while it runs. */
  startPostgres: () => Promise<void>
  stopPostgres: (mode: 'fast' | 'immediate' | 'kill') => Promise<void>
  /** Ends this share of the server's client connections. */
  terminateBackends: (share: number) => Promise<void>
  scriptModel: (...steps: Step[]) => void
  /** Resolves when readiness is green and every worker process has a live lease. */
  ready: (timeoutMs?: number) => Promise<void>
  /** A new workspace with an owner and an API key. */
  client: (name?: string) => Promise<ApiClient>
  close: () => Promise<void>
}

export type Child = { process: ChildProcess; log: string; ended: Promise<number | null> }

export async function startStack(options: StackOptions): Promise<Stack> {
  const folder = resolve(options.folder)
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  let stopped = true
  let server = await startServer()
  async function startServer(): Promise<EmbeddedServer> {
    const started = await startEmbedded({ folder: join(folder, 'data'), durable: true })
    stopped = false
    void started.ended.then(() => (stopped = true))
    return started
  }
  await migrate(server.url)
  const proxy = await openPgProxy({ host: '127.0.0.1', port: server.port })
  const model = await openModelServer({ delayMs: options.modelDelayMs ?? 0 })
  const webPort = await freePort()
  const databaseUrl = withPort(server.url, proxy.port)
  const baseUrl = `http://127.0.0.1:${webPort}`
  const settings: Record<string, string> = {
    DATABASE_URL: databaseUrl,
    BATON_SECRET: randomBytes(32).toString('hex'),
    HOST: '127.0.0.1',
    PORT: String(webPort),
    BATON_SIGN_UP: 'open',
    OPENAI_BASE_URL: model.url,
    OPENAI_MODEL: 'fake-model',
    ...options.settings,
  }
  const workers: Child[] = []
  let web: Child | undefined
  let admin: pg.Pool | undefined

  const stack: Stack = {
    baseUrl,
    databaseUrl,
    admin: () => (admin ??= adminPool(server)),
    proxy,
    model,
    workers,
    startWorker: async (index, program = ['worker/main.ts']) => {
      const child = launch(`worker-${index}`, program, settings, { folder })
      workers[index] = child
      return child
    },
    killWorker: async (index, signal) => {
      const child = childAt(workers, index)
      child.process.kill('SIGCONT')
      child.process.kill(signal)
      return child.ended
    },
    signalWorker: (index, signal) => void childAt(workers, index).process.kill(signal),
    web: () => web,
    startWeb: async ({ options: nodeOptions = [], folder: app } = {}) => {
      const program = [...nodeOptions, resolve('node_modules/next/dist/bin/next'), 'start']
      web = launch('web', [...program, '-H', '127.0.0.1', '-p', String(webPort)], settings, { folder, cwd: app })
      await until(() => answers(`${baseUrl}/api/health`), 90_000, 'the web app to answer')
    },
    killWeb: async (signal = 'SIGKILL') => {
      const killed = web
      killed?.process.kill(signal)
      const over = () => killed === undefined || killed.process.exitCode !== null || killed.process.signalCode !== null
      await until(async () => over(), 10_000, 'the web app to end')
      await killed?.ended
    },
    startPostgres: async () => {
      if (!stopped) return
      await admin?.end().catch(() => {})
      admin = undefined
      server = await startServer()
      proxy.aimAt({ host: '127.0.0.1', port: server.port })
    },
    stopPostgres: async (mode) => {
      await admin?.end().catch(() => {})
      admin = undefined
      if (mode !== 'kill') return server.stop(mode)
      process.kill(server.pid, 'SIGKILL')
      await server.ended
    },
    terminateBackends: async (share) => {
      await stack.admin().query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where backend_type = 'client backend' and usename = 'baton' and random() < $1`,
        [share],
      )
    },
    scriptModel: (...steps) => model.script(...steps),
    ready: (timeoutMs = 30_000) =>
      until(
        async () => {
          const live = await stack.admin().query<{ n: number }>(LIVE_PROCESSES)
          return (live.rows[0]?.n ?? 0) >= workers.length && (!web || (await answers(`${baseUrl}/api/ready`)))
        },
        timeoutMs,
        'web and workers to be ready',
      ),
    client: (name = 'Proof') => newClient(server.url, baseUrl, name),
    close: async () => {
      for (const child of [...workers, ...(web ? [web] : [])]) {
        child.process.kill('SIGCONT')
        child.process.kill('SIGKILL')
      }
      await Promise.all([...workers.map(({ ended }) => ended), web?.ended])
      await Promise.all([proxy.close(), model.close(), admin?.end().catch(() => {})])
      await server.stop('immediate')
    },
  }
  try {
    for (let index = 0; index < (options.workers ?? 1); index += 1) await stack.startWorker(index)
    if (options.web ?? true) await stack.startWeb()
    await stack.ready(60_000)
    return stack
  } catch (error) {
    await stack.close()
    throw error
  }
}

const LIVE_PROCESSES = `select count(*)::int as n from worker_processes
  where stopped_at is null and lost_at is null and draining_since is null and heartbeat_at > now() - interval '15 seconds'`

/** Asks again until it holds. A failing question counts as "not yet". @throws Error naming what was waited for. */
export async function until(holds: () => Promise<boolean>, timeoutMs: number, what: string): Promise<void> {
  for (const end = Date.now() + timeoutMs; ;) {
    if (await holds().catch(() => false)) return
    if (Date.now() > end) throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}.`)
    await new Promise((done) => setTimeout(done, 50))
  }
}

function launch(
  name: string,
  args: string[],
  settings: Record<string, string>,
  { folder, cwd }: { folder: string; cwd?: string | undefined },
): Child {
  const log = join(folder, `${name}.log`)
  const output = openSync(log, 'a')
  const child = spawn(process.execPath, args, {
    ...(cwd === undefined ? {} : { cwd }),
    stdio: ['ignore', output, output],
    env: { NODE_ENV: 'production', PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...settings },
  })
  closeSync(output)
  const ended = once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : null))
  return { process: child, log, ended }
}

function adminPool(server: EmbeddedServer): pg.Pool {
  const url = new URL(server.superuserUrl)
  url.pathname = '/baton'
  const pool = new pg.Pool({ connectionString: url.href, max: 4 })
  pool.on('error', () => {})
  return pool
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(3_000) })
  return response.ok
}

function withPort(url: string, port: number): string {
  const changed = new URL(url)
  changed.port = String(port)
  return changed.href
}

function childAt(children: readonly Child[], index: number): Child {
  const child = children[index]
  if (!child) throw new Error(`There is no worker ${index}.`)
  return child
}
