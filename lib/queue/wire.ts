// One database session for the statements that run thousands of times a second: each is named, so Postgres parses and
// plans it once. Transactions take turns; a session that broke is opened anew by the next one.
import { NodePgSession, NodePgTransaction } from 'drizzle-orm/node-postgres'
import { Client, type QueryResult, type QueryResultRow } from 'pg'
import { type DatabaseRole, sessionOptions, type Tx } from '#lib/db/client.ts'
import { databaseFault } from '#lib/db/faults.ts'
import { dialect, preparing, type Run } from '#lib/db/statement.ts'

export type Wire = {
  /** `tx` is the same transaction for verbs. */
  transaction: <Result>(work: (run: Run, tx: () => Tx) => Promise<Result>) => Promise<Result>
  /** One statement, which is a transaction of its own: one round trip. */
  run: Run
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
const PLANNER =
  '-c enable_hashjoin=off -c enable_mergejoin=off -c enable_seqscan=off -c jit=off -c plan_cache_mode=force_generic_plan'

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
      pipeline: true,
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

  async function transact<Result>(work: (run: Run, tx: () => Tx) => Promise<Result>): Promise<Result> {
    const client = await take()
    const run = preparing(client)
    try {
      const begun = client.query('begin')
      begun.catch(() => {})
      const result = await work(run, () => verbsOn(client))
      await client.query('commit')
      return result
    } catch (error) {
      if (databaseFault(error) === 'unavailable') drop(client)
      else await client.query('rollback').catch(() => drop(client))
      throw error
    }
  }

  async function runAlone<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<Row>> {
    const client = await take()
    try {
      return await preparing(client)<Row>(text, values)
    } catch (error) {
      if (databaseFault(error) === 'unavailable') drop(client)
      throw error
    }
  }

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = turn.then(work)
    turn = mine.catch(() => {})
    return mine
  }

  return {
    transaction: (work) => inTurn(() => transact(work)),
    run: (text, values) => inTurn(() => runAlone(text, values)),
    close: async () => {
      closed = true
      await turn
      await current?.end().catch(() => {})
    },
  }
}

function verbsOn(client: Client): Tx {
  return new NodePgTransaction(dialect, new NodePgSession(client, dialect, undefined), undefined) as unknown as Tx
}
