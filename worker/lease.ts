// A process is alive as long as Postgres holds its advisory lock: the server drops it the moment the connection ends.
// Whoever loses it stops its work, and takes a new lease under a new number without exiting.
import { hostname } from 'node:os'
import { Client } from 'pg'
import { sessionOptions } from '#lib/db/client.ts'
import { LEASE_CLASS } from '#lib/pools/processes.ts'

export type ProcessDescription = {
  version: string
  modelOn: boolean
  model: string | null
  endpointHost: string | null
}

export type Load = Record<string, { slots: number; busy: number }>

export type LeaseOptions = {
  url: string
  channels: string[]
  describe: ProcessDescription
  load: () => Load
  heartbeatMs: number
  reconnectMs: number
  maxReconnectMs: number
  /** Before a new lease is used: `earlier` are the numbers under which this process worked until its leases were cut. */
  prepare: (earlier: number[]) => Promise<void>
  onTaken: (processId: number) => void
  onLost: (processId: number) => void
  onNotification: (channel: string, payload: string) => void
}

export type Lease = {
  /** Resolves with the first lease. */
  ready: Promise<void>
  /** Null while there is none. */
  processId: () => number | null
  /** Held until released or until the lease is lost; false when another process has it. */
  tryLock: (key: number) => Promise<boolean>
  unlock: (key: number) => Promise<void>
  markDraining: () => Promise<void>
  release: () => Promise<void>
}

const LOCK_CLASS = 7801

export function holdLease(options: LeaseOptions): Lease {
  let client: Client | null = null
  let processId: number | null = null
  let earlier: number[] = []
  let released = false
  let taking = false
  let beating = false
  let complained = false
  let first: () => void = () => {}
  const ready = new Promise<void>((resolve) => (first = resolve))
  const wanted = () => !released && client === null

  async function keepTaking(): Promise<void> {
    if (taking) return
    taking = true
    for (let pause = options.reconnectMs; wanted(); pause = Math.min(options.maxReconnectMs, 2 * pause)) {
      try {
        await take()
        complained = false
        continue
      } catch (error) {
        if (!complained) console.warn(`worker: no lease yet (${(error as Error).message}); trying on`)
        complained = true
      }
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())))
    }
    taking = false
  }

  async function take(): Promise<void> {
    const session = await connect(options)
    let cut: Error | null = null
    session.on('error', (error) => (cut ??= error))
    session.on('end', () => (cut ??= new Error('the connection ended')))
    session.on('notification', ({ channel, payload }) => {
      if (client === session) options.onNotification(channel, payload ?? '')
    })
    try {
      const id = await register(session, options)
      for (const channel of options.channels) await session.query(`listen "${channel}"`)
      await options.prepare(earlier)
      if (cut) {
        earlier.push(id)
        throw cut as Error
      }
      earlier = []
      client = session
      processId = id
      session.on('error', () => lose(session))
      session.on('end', () => lose(session))
      options.onTaken(id)
      first()
    } catch (error) {
      session.end().catch(() => {})
      throw error
    }
  }

  function lose(session: Client): void {
    if (client !== session) return
    const lost = processId
    client = null
    processId = null
    session.end().catch(() => {})
    if (released || lost === null) return
    earlier.push(lost)
    console.warn(`worker: process ${lost} lost its lease; its running tasks are given up and a new lease is taken`)
    options.onLost(lost)
    void keepTaking()
  }

  async function beat(): Promise<void> {
    const session = client
    if (!session || processId === null || beating) return
    beating = true
    try {
      const { rowCount } = await session.query({
        name: 'heartbeat',
        text: `update worker_processes set heartbeat_at = now(), memory_bytes = $2, load = $3
          where id = $1 and lost_at is null and stopped_at is null`,
        values: [processId, process.memoryUsage.rss(), JSON.stringify(options.load())],
      })
      // Others took this process for dead, and its tasks are theirs.
      if (rowCount === 0) lose(session)
    } catch {
      lose(session)
    } finally {
      beating = false
    }
  }

  void keepTaking()
  const timer = setInterval(() => void beat(), options.heartbeatMs)

  const ask = async (text: string, values: unknown[]): Promise<boolean> => {
    const answer = await client?.query<{ done: boolean }>(text, values).catch(() => null)
    return answer?.rows[0]?.done ?? false
  }

  return {
    ready,
    processId: () => processId,
    tryLock: (key) => ask('select pg_try_advisory_lock($1::int, $2::int) as done', [LOCK_CLASS, key]),
    unlock: async (key) => void (await ask('select pg_advisory_unlock($1::int, $2::int) as done', [LOCK_CLASS, key])),
    markDraining: async () => {
      await ask(`update worker_processes set draining_since = now() where id = $1`, [processId])
      await ask(`select pg_notify('baton_pools', '') is null as done`, [])
    },
    release: async () => {
      released = true
      clearInterval(timer)
      await ask('update worker_processes set stopped_at = now() where id = $1 and lost_at is null', [processId])
      await ask(`select pg_notify('baton_pools', '') is null as done`, [])
      await client?.end().catch(() => {})
    },
  }
}

async function connect({ url }: LeaseOptions): Promise<Client> {
  const session = new Client({
    connectionString: url,
    application_name: 'baton worker lease',
    options: sessionOptions('baton_worker'),
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
    connectionTimeoutMillis: 4_000,
    query_timeout: 5_000,
  })
  session.on('error', () => {})
  await session.connect()
  return session
}

/** The row becomes visible only when its lock is held, so that nobody sees it without. */
async function register(session: Client, { describe }: LeaseOptions): Promise<number> {
  await session.query('begin')
  const { rows } = await session.query<{ id: number }>(
    `insert into worker_processes (host, pid, version, node_version, model_on, model, endpoint_host, memory_bytes)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    [
      hostname(),
      process.pid,
      describe.version,
      process.version,
      describe.modelOn,
      describe.model,
      describe.endpointHost,
      process.memoryUsage.rss(),
    ],
  )
  const id = rows[0]?.id
  if (id === undefined) throw new Error('The process was not registered.')
  await session.query('select pg_advisory_lock($1::int, $2::int)', [LEASE_CLASS, id])
  await session.query(`select pg_notify('baton_pools', '')`)
  await session.query('commit')
  return id
}
