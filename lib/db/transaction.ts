// A transaction on a connection of the pool: begun together with the workspace it sees, its connection given up when it
// broke, its frequent statements prepared once per connection.
import { createHash } from 'node:crypto'
import type { SQL } from 'drizzle-orm'
import { NodePgSession, NodePgTransaction } from 'drizzle-orm/node-postgres'
import { PgDialect } from 'drizzle-orm/pg-core'
import type pg from 'pg'
import { databaseFault } from './faults.ts'

export const CASING = 'snake_case'

export type Transact<Tx> = <Result>(begin: string, work: (tx: Tx) => Promise<Result>) => Promise<Result>

/** Runs SQL text; values stay whole, also arrays. */
export type Run = <Row extends pg.QueryResultRow = pg.QueryResultRow>(
  text: string,
  values?: unknown[],
) => Promise<pg.QueryResult<Row>>

type Executor = { execute: (query: SQL) => PromiseLike<{ rows: unknown[] }> }

const dialect = new PgDialect({ casing: CASING })
const runners = new WeakMap<object, Run>()

/** `prepares`: not through a transaction pooler, where the next transaction has another session. */
export function openTransactions<Tx extends object>(pool: pg.Pool, prepares: boolean): Transact<Tx> {
  return async (begin, work) => {
    const client = await pool.connect()
    let broken = false
    try {
      const session = new NodePgSession(client, dialect, undefined)
      const tx = new NodePgTransaction(dialect, session, undefined) as unknown as Tx
      if (prepares) runners.set(tx, preparing(client))
      // Sent together with the first statement; if it fails, so does that.
      client.query(begin).catch(() => undefined)
      const result = await work(tx)
      await client.query('commit')
      return result
    } catch (error) {
      broken = databaseFault(error) === 'unavailable'
      if (!broken)
        await client.query('rollback').catch(() => {
          broken = true
        })
      throw error
    } finally {
      // drizzle's own keeps a connection for ever whose `begin` failed: after a few cut ones the pool is empty.
      client.release(broken)
    }
  }
}

/** Runs each statement under a name that stands for its text, so that Postgres parses and plans it once a session. */
export function preparing(client: pg.ClientBase): Run {
  return (text, values = []) => client.query({ name: statementName(text), text, values })
}

/** The transaction's prepared statements; null where there are none: behind a pooler, or inside a savepoint. */
export function preparedIn(tx: object): Run | null {
  return runners.get(tx) ?? null
}

/** For the few statements that run all the time. Times come as text only where they are cast to it. */
export async function runPrepared<Row extends Record<string, unknown>>(tx: Executor, query: SQL): Promise<Row[]> {
  const run = preparedIn(tx)
  if (!run) return (await tx.execute(query)).rows as Row[]
  const { sql: text, params } = dialect.sqlToQuery(query)
  return (await run<Row>(text, params)).rows
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
