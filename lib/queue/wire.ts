// One database session for the statements that run thousands of times a second: each is named, so Postgres parses and
// plans it once. Transactions take turns; a session that broke is opened anew by the next one.
import { createHash } from 'node:crypto'
import { Client, type QueryResult, type QueryResultRow } from 'pg'
import { type DatabaseRole, sessionOptions } from '#lib/db/client.ts'

export type Run = <Row extends QueryResultRow = QueryResultRow>(
  text: string,
  values?: unknown[],
) => Promise<QueryResult<Row>>

export type Wire = {
  transaction: <Result>(work: (run: Run) => Promise<Result>) => Promise<Result>
  close: () => Promise<void>
}

type WireOptions = {
  url: string
  role: DatabaseRole
  name: string
  /** Commits return before they are on disk: for claims, which a later durable completion implies. */
  asyncCommit?: boolean
}

// Batches find their rows by key. Any other join would be planned from the statistics of a table that was just filled.
const PLANNER = '-c enable_hashjoin=off -c enable_mergejoin=off -c enable_seqscan=off -c jit=off'

export function openWire({ url, role, name, asyncCommit = false }: WireOptions): Wire {
  let session: Promise<Client> | null = null
  let turn: Promise<unknown> = Promise.resolve()
  let closed = false

  async function connect(): Promise<Client> {
    const options = `${sessionOptions(role)} ${PLANNER} ${asyncCommit ? '-c synchronous_commit=off' : ''}`
    const client = new Client({
      connectionString: url,
      application_name: name,
      options,
      keepAlive: true,
      keepAliveInitialDelayMillis: 5_000,
      connectionTimeoutMillis: 4_000,
      query_timeout: 12_000,
    })
    client.on('error', () => drop(client))
    client.on('end', () => drop(client))
    await client.connect()
    return client
  }

  let current: Client | null = null
  function drop(client: Client): void {
    if (current !== client) return
    current = null
    session = null
    client.end().catch(() => {})
  }

  async function take(): Promise<Client> {
    if (closed) throw new Error(`The connection "${name}" is closed.`)
    session ??= connect()
    try {
      current = await session
      return current
    } catch (error) {
      session = null
      throw error
    }
  }

  async function transact<Result>(work: (run: Run) => Promise<Result>): Promise<Result> {
    const client = await take()
    const run: Run = (text, values = []) => client.query({ name: statementName(text), text, values })
    try {
      const begun = client.query('begin')
      begun.catch(() => {})
      const result = await work(run)
      await client.query('commit')
      return result
    } catch (error) {
      if (isConnectionError(error)) drop(client)
      else await client.query('rollback').catch(() => drop(client))
      throw error
    }
  }

  return {
    transaction: (work) => {
      const mine = turn.then(() => transact(work))
      turn = mine.catch(() => {})
      return mine
    },
    close: async () => {
      closed = true
      await turn
      await current?.end().catch(() => {})
    },
  }
}

const names = new Map<string, string>()

function statementName(text: string): string {
  let name = names.get(text)
  if (!name) {
    name = `b${createHash('sha1').update(text).digest('hex').slice(0, 20)}`
    names.set(text, name)
  }
  return name
}

/** The SQLSTATE of a database error, null for anything else (a cut connection has none). */
export function sqlState(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  return /^[0-9A-Z]{5}$/.test(error.code) && 'severity' in error ? error.code : null
}

/** Whether the connection is gone, or must be given up since its state is unknown. */
export function isConnectionError(error: unknown): boolean {
  const state = sqlState(error)
  return state === null ? isFromDriver(error) : state.startsWith('08') || state.startsWith('57P')
}

/** Whether the same statement may succeed later without any change: outages, locks, timeouts, full disks. */
export function isPassing(error: unknown): boolean {
  const state = sqlState(error)
  return state === null ? isFromDriver(error) : ['08', '25', '40', '53', '55', '57', '58'].includes(state.slice(0, 2))
}

function isFromDriver(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && typeof error.code === 'string' && /^E[A-Z]+$/.test(error.code)) return true
  return /connection|timeout|terminated|not queryable|socket/i.test(error.message)
}
