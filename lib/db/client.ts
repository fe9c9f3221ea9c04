// Connections that act as one of our roles, never as the login that owns the tables.
import { sql } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import * as authSchema from './auth-schema.ts'
import * as batchesSchema from './batches-schema.ts'
import * as budgetsSchema from './budgets-schema.ts'
import * as dispatchSchema from './dispatch-schema.ts'
import * as documentsSchema from './documents-schema.ts'
import * as pricesSchema from './prices-schema.ts'
import { refuseUnsafeRole } from './roles.ts'
import * as schema from './schema.ts'
import * as searchSchema from './search-schema.ts'
import { CASING } from './statement.ts'
import { openTransactions, type Transact } from './transaction.ts'
import * as workflowSchema from './workflow-schema.ts'

const tables = {
  ...authSchema,
  ...schema,
  ...dispatchSchema,
  ...documentsSchema,
  ...searchSchema,
  ...workflowSchema,
  ...batchesSchema,
  ...budgetsSchema,
  ...pricesSchema,
}

export type DatabaseRole = 'baton_app' | 'baton_worker'
export type Database = NodePgDatabase<typeof tables>
export type Tx = Parameters<Parameters<Database['transaction']>[0]>[0]

export type OpenDatabase = {
  db: Database
  pool: pg.Pool
  close: () => Promise<void>
}

export type ConnectionLimits = {
  max?: number
  /** Waiting for a free connection longer than this fails, so that a storm answers instead of hanging. */
  connectionTimeoutMs?: number
  statementTimeoutMs?: number
  /** The address is a transaction pooler's: nothing may be kept in a session. */
  pooled?: boolean
}

/** Somebody waits for the web process's answer, which has to be there within 5 s. */
const LOCK_TIMEOUT_MS: Record<DatabaseRole, number> = { baton_app: 4_500, baton_worker: 5_000 }

/** Settings for every session: the role, and bounds that free a connection whose peer has gone. */
export function sessionOptions(role: DatabaseRole, { statementTimeoutMs = 10_000 }: ConnectionLimits = {}): string {
  return [
    `-c role=${role}`,
    `-c statement_timeout=${statementTimeoutMs}`,
    `-c lock_timeout=${LOCK_TIMEOUT_MS[role]}`,
    '-c idle_in_transaction_session_timeout=10000',
    '-c tcp_keepalives_idle=5',
    '-c tcp_keepalives_interval=2',
    '-c tcp_keepalives_count=3',
  ].join(' ')
}

/** Nothing is served by a role that stands above row-level security: its first connection fails, saying why. */
export function openDatabase(url: string, role: DatabaseRole, limits: ConnectionLimits = {}): OpenDatabase {
  let safe = false
  const pool = new pg.Pool({
    connectionString: url,
    max: limits.max ?? 10,
    connectionTimeoutMillis: limits.connectionTimeoutMs ?? 4_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
    query_timeout: (limits.statementTimeoutMs ?? 10_000) + 2_000,
    options: sessionOptions(role, limits),
    pipeline: true,
    verify: (client, done) => {
      if (safe) return done()
      refuseUnsafeRole(client).then(() => {
        safe = true
        done()
      }, done)
    },
  })
  // A cut idle connection is the pool's business: it opens another. Without a listener it would end the process.
  pool.on('error', (error) => console.warn(`database: an idle connection was lost (${error.message})`))
  // One cut between two statements of a transaction belongs to nobody at that moment; the next statement reports it.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db = drizzle(pool, { schema: tables, casing: CASING })
  const transact = openTransactions<Tx>(pool, {
    prepares: limits.pooled !== true,
    lockTimeoutMs: LOCK_TIMEOUT_MS[role],
  })
  db.transaction = (work) => transact('begin', work)
  transacts.set(db, transact)
  return { db, pool, close: () => pool.end() }
}

const transacts = new WeakMap<Database, Transact<Tx>>()
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Runs `work` in one transaction that sees and writes the rows of this workspace only. */
export function asWorkspace<Result>(
  db: Database,
  workspaceId: string,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  const transact = transacts.get(db)
  if (!transact || !UUID.test(workspaceId))
    return db.transaction(async (tx) => {
      await enterWorkspace(tx, workspaceId)
      return work(tx)
    })
  return transact(`begin; select set_config('app.workspace', '${workspaceId}', true)`, work)
}

/** From here to its end, the transaction sees and writes the rows of this workspace only. */
export async function enterWorkspace(tx: Tx, workspaceId: string): Promise<void> {
  await tx.execute(sql`select set_config('app.workspace', ${workspaceId}, true)`)
}
