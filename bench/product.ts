// Baton as it runs: a migrated database, a workspace, worker processes as `npm run worker` starts them, and a caller
// that submits through the product's own verb.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { v7 as newId } from 'uuid'
import type { Ctx } from '#lib/context.ts'
import { users } from '#lib/db/auth-schema.ts'
import { asWorkspace, openDatabase } from '#lib/db/client.ts'
import { openQueue } from '#lib/queue.ts'
import type { SubmitRequest } from '#lib/tasks/requests.ts'
import { submitTask } from '#lib/tasks/submit.ts'
import { WORKERS } from '#lib/workers/registry.ts'
import { createWorkspace } from '#lib/workspaces/create.ts'

export type Product = {
  workspaceId: string
  submit: (request: SubmitRequest) => Promise<string>
  within: <Result>(work: (ctx: Ctx) => Promise<Result>) => Promise<Result>
  /** As baton_worker, which sees every workspace. */
  rows: pg.Pool
  setSlots: (slots: number) => Promise<void>
  close: () => Promise<void>
}

export async function openProduct(url: string): Promise<Product> {
  const app = openDatabase(url, 'baton_app')
  const worker = openDatabase(url, 'baton_worker', { max: 3 })
  const queue = await openQueue(app)
  const owner = { id: newId(), name: 'Ada', email: `${newId()}@example.com` }
  await app.db.insert(users).values(owner)
  const { id: workspaceId } = await createWorkspace(app.db, { name: 'Bench', ownerId: owner.id })
  const within: Product['within'] = (work) =>
    asWorkspace(app.db, workspaceId, (tx) =>
      work({
        tx,
        queue,
        workspaceId,
        actor: { kind: 'user', id: owner.id, name: owner.name },
        access: { role: 'owner', operator: true },
        requestId: 'bench',
      }),
    )
  return {
    workspaceId,
    within,
    submit: (request) => within(async (ctx) => (await submitTask(ctx, request, undefined, { last: true })).task.id),
    rows: worker.pool,
    setSlots: async (slots) => {
      const names = WORKERS.map(({ name }) => name)
      await worker.pool.query(
        `insert into worker_pools (worker, slots) select unnest($1::text[]), $2
          on conflict (worker) do update set slots = excluded.slots`,
        [names, slots],
      )
    },
    close: async () => {
      await queue.close()
      await Promise.all([app.close(), worker.close()])
    },
  }
}

export type ProductWorker = { pid: number; kill: (signal?: NodeJS.Signals) => Promise<void> }

/** Resolves when the process takes tasks. */
export async function startProductWorker(
  url: string,
  rows: pg.Pool,
  settings: Record<string, string> = {},
): Promise<ProductWorker> {
  const child = spawn(process.execPath, ['worker/main.ts'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      NODE_ENV: 'production',
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: url,
      BATON_SECRET: randomBytes(32).toString('hex'),
      ...settings,
    },
  })
  const pid = child.pid ?? 0
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`The worker ended with code ${child.exitCode}.`)
    const { rowCount } = await rows.query('select from worker_processes where pid = $1 and stopped_at is null', [pid])
    return (rowCount ?? 0) > 0
  }, 20_000)
  return { pid, kill: (signal = 'SIGKILL') => end(child, signal) }
}

export async function startModel(
  delayMs: number,
): Promise<{ settings: Record<string, string>; kill: () => Promise<void> }> {
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const args = ['e2e/model-server.ts', '--port', String(port), '--delay', String(delayMs)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  const url = `http://127.0.0.1:${port}/v1`
  await until(
    () =>
      fetch(`${url}/models`).then(
        ({ ok }) => ok,
        () => false,
      ),
    10_000,
  )
  return { settings: { OPENAI_BASE_URL: url, OPENAI_MODEL: 'fake-model' }, kill: () => end(child, 'SIGKILL') }
}

export async function until(holds: () => Promise<boolean>, timeoutMs: number, everyMs = 10): Promise<void> {
  for (const last = Date.now() + timeoutMs; !(await holds()); await sleep(everyMs))
    if (Date.now() > last) throw new Error(`It did not happen within ${timeoutMs / 1000} s.`)
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}
