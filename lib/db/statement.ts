// Statements that run all the time: each has a name that stands for its text, so that Postgres parses and plans it once
// a session. Times come as text only where they are cast to it.
import { createHash } from 'node:crypto'
import { fillPlaceholders, type Placeholder, type SQL, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type pg from 'pg'

export const CASING = 'snake_case'
export const dialect = new PgDialect({ casing: CASING })

/** Runs SQL text; values stay whole, also arrays. */
export type Run = <Row extends pg.QueryResultRow = pg.QueryResultRow>(
  text: string,
  values?: unknown[],
) => Promise<pg.QueryResult<Row>>

type Executor = { execute: (query: SQL) => PromiseLike<{ rows: unknown[] }> }

/** What a transaction can do beside drizzle; `commit` sends it behind what has been sent, `together` in one packet. */
type Prepared = { run: Run; commit: () => void; together: () => void }

const preparedTransactions = new WeakMap<object, Prepared>()

export function prepareIn(tx: object, prepared: Prepared): void {
  preparedTransactions.set(tx, prepared)
}

export function preparing(client: Pick<pg.ClientBase, 'query'>): Run {
  return (text, values = []) => client.query({ name: statementName(text), text, values })
}

/** The transaction's prepared statements; null where there are none: behind a pooler, or inside a savepoint. */
export function preparedIn(tx: object): Run | null {
  return preparedTransactions.get(tx)?.run ?? null
}

export async function runPrepared<Row extends Record<string, unknown>>(tx: Executor, query: SQL): Promise<Row[]> {
  const run = preparedIn(tx)
  if (!run) return (await tx.execute(query)).rows as Row[]
  const { sql: text, params } = dialect.sqlToQuery(query)
  return (await run<Row>(text, params)).rows
}

export type StatementOptions = {
  /**
   * Nothing follows in this transaction: its commit leaves together with the statement, which must fail by itself
   * where it must not be kept.
   */
  last?: boolean
}

/** A statement of which only the values change, so that its text is put together once. */
export function statement<Values extends Record<string, unknown>, Row extends Record<string, unknown>>(
  build: (value: (name: keyof Values & string) => Placeholder | SQL) => SQL,
): (tx: Executor, values: Values, options?: StatementOptions) => Promise<Row[]> {
  let built: { sql: string; params: unknown[] } | undefined
  return async (tx, values, { last = false } = {}) => {
    const prepared = preparedTransactions.get(tx)
    if (!prepared) return (await tx.execute(build((name) => sql`${values[name]}`))).rows as Row[]
    built ??= dialect.sqlToQuery(build((name) => sql.placeholder(name)))
    if (last) prepared.together()
    const answer = prepared.run<Row>(built.sql, fillPlaceholders(built.params, values))
    if (last) prepared.commit()
    return (await answer).rows
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
