// Whether everything that a task needs is there, row by row, each with what to do when it is not.
import type { OpenDatabase } from '#lib/db/client.ts'
import { isMigrated } from '#lib/db/migrate.ts'
import type { Ctx } from '#lib/context.ts'
import { type Env, env, modelSettings } from '#lib/env.ts'
import { workersOverview } from '#lib/pools/queries.ts'
import type { WorkersOverview } from '#lib/tasks/shapes.ts'
import { isReadableOnTheWay } from './address.ts'
import { pingModel } from './model-ping.ts'

export type Check = {
  id: 'database' | 'migrations' | 'worker' | 'queue' | 'engine' | 'address'
  title: string
  state: 'passed' | 'failed'
  detail: string
  /** How long it took, where that was measured. */
  measureMs: number | null
  /** Stands where there is no measure. */
  note: string | null
  advice: string | null
  /** To copy into a terminal or `.env`. */
  command: string | null
}

/** Never throws for what it checks; a database that cannot be asked at all is the caller's error. */
export async function selfCheck(ctx: Ctx, { pool }: OpenDatabase, settings: Env = env()): Promise<Check[]> {
  const overview = await workersOverview(ctx)
  const checks = [
    await checkDatabase(pool),
    await checkMigrations(pool),
    checkWorker(overview),
    await checkQueue(ctx),
    await checkEngine(settings),
    checkAddress(settings),
  ]
  return checks.toSorted((a, b) => Number(a.state === 'failed') - Number(b.state === 'failed'))
}

const row = (check: Pick<Check, 'id' | 'title' | 'state' | 'detail'> & Partial<Check>): Check => ({
  measureMs: null,
  note: null,
  advice: null,
  command: null,
  ...check,
})

async function checkDatabase(pool: OpenDatabase['pool']): Promise<Check> {
  const started = performance.now()
  const { rows } = await pool.query<{ version: string }>(`select current_setting('server_version') as version`)
  const measureMs = performance.now() - started
  return row({ id: 'database', title: 'Database', state: 'passed', detail: `Postgres ${rows[0]?.version}`, measureMs })
}

async function checkMigrations(pool: OpenDatabase['pool']): Promise<Check> {
  const { rows } = await pool.query<{ count: string }>('select count(*) from drizzle.__drizzle_migrations')
  const detail = `${rows[0]?.count} applied`
  if (await isMigrated(pool)) return row({ id: 'migrations', title: 'Migrations', state: 'passed', detail })
  return row({
    id: 'migrations',
    title: 'Migrations',
    state: 'failed',
    detail: `${detail}, but not all of this version`,
    advice: 'Stop Baton and start it again: it applies them first.',
    command: 'npm start',
  })
}

function checkWorker({ processes, pools }: WorkersOverview): Check {
  const live = processes.filter(({ state }) => state === 'live')
  const [newest] = live.toSorted((a, b) => b.heartbeatAt.localeCompare(a.heartbeatAt))
  if (!newest)
    return row({
      id: 'worker',
      title: 'Worker',
      state: 'failed',
      detail: 'No live worker process.',
      advice: 'Tasks wait until one runs. Start it in the project’s folder, with the same settings:',
      command: 'npm run worker',
    })
  const age = Math.max(0, Date.now() - Date.parse(newest.heartbeatAt)) / 1000
  const slots = pools.reduce((sum, pool) => sum + pool.slots, 0)
  const heartbeat = `heartbeat ${age.toFixed(1)} s ago, ${slots} ${slots === 1 ? 'slot' : 'slots'}`
  return row({
    id: 'worker',
    title: 'Worker',
    state: slots > 0 ? 'passed' : 'failed',
    detail: live.length === 1 ? heartbeat : `${live.length} processes, ${heartbeat}`,
    note: live.length === 1 ? `pid ${newest.pid}` : null,
    advice: slots > 0 ? null : 'Every worker has zero slots. An operator can add some on the Workers page.',
  })
}

async function checkQueue({ queue, tx }: Ctx): Promise<Check> {
  const measureMs = await queue.roundTripMs(tx)
  return row({ id: 'queue', title: 'Queue round trip', state: 'passed', detail: 'sent, claimed, settled', measureMs })
}

async function checkEngine(settings: Env): Promise<Check> {
  const model = modelSettings(settings)
  if (!model)
    return row({
      id: 'engine',
      title: 'Engine: built-in',
      state: 'passed',
      detail: 'Rules and statistics, no AI model, no key needed.',
    })
  const title = `Engine: ${model.model}`
  const ping = await pingModel(model)
  if (ping.ok)
    return row({ id: 'engine', title, state: 'passed', detail: `${model.endpointHost} answers`, measureMs: ping.ms })
  return row({ id: 'engine', title, state: 'failed', detail: ping.what, advice: ping.advice })
}

function checkAddress(settings: Env): Check {
  const title = 'Address'
  const url = settings.BATON_PUBLIC_URL
  if (isReadableOnTheWay(settings))
    return row({
      id: 'address',
      title,
      state: 'failed',
      detail: 'Other machines reach it over plain http, so passwords travel readable.',
      advice: 'Put a proxy with https in front of it and name the address that people use:',
      command: 'BATON_PUBLIC_URL=https://baton.example.com',
    })
  const detail = url ? `${new URL(url).origin}, cookies only over https` : 'Only this machine can reach it.'
  return row({ id: 'address', title, state: 'passed', detail: url?.startsWith('http:') ? new URL(url).origin : detail })
}
