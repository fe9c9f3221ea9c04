// A transaction on a connection of the pool: begun together with the workspace it sees and its first statement, its
// connection given up when it broke.
import type { Writable } from 'node:stream'
import { NodePgSession, NodePgTransaction } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import { databaseFault } from './faults.ts'
import { dialect, prepareIn, preparing } from './statement.ts'

export type Transact<Tx> = <Result>(begin: string, work: (tx: Tx) => Promise<Result>) => Promise<Result>

export type TransactionOptions = {
  /** Not through a transaction pooler, where the next transaction has another session. */
  prepares: boolean
  /** Of the session; what was spent on waiting for a connection is not there for locks any more. */
  lockTimeoutMs: number
}

export function openTransactions<Tx extends object>(
  pool: pg.Pool,
  { prepares, lockTimeoutMs }: TransactionOptions,
): Transact<Tx> {
  return async (begin, work) => {
    const askedAt = performance.now()
    const client = await pool.connect()
    const waitedMs = Math.round(performance.now() - askedAt)
    let broken = false
    let committing: Promise<unknown> | undefined
    const session = {
      query: (...given: Parameters<typeof client.query>) => {
        if (committing) throw new Error('A statement came after the one that was said to be the last.')
        return client.query(...given)
      },
    } as pg.PoolClient
    const commit = (): Promise<unknown> => {
      committing ??= client.query('commit')
      committing.catch(() => undefined)
      return committing
    }
    try {
      const tx = new NodePgTransaction(dialect, new NodePgSession(session, dialect, undefined), undefined)
      if (prepares)
        prepareIn(tx, { run: preparing(session), commit: () => void commit(), together: () => inOnePacket(client) })
      // Leaves at once, so that Postgres begins while the first statement is put together. If it fails, so does that one.
      client
        .query(waitedMs < NOTHING_MS ? begin : `${begin}; ${lockTimeout(lockTimeoutMs - waitedMs)}`)
        .catch(() => undefined)
      const result = await work(tx as unknown as Tx)
      await commit()
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

const NOTHING_MS = 100

function lockTimeout(leftMs: number): string {
  return `set local lock_timeout = ${Math.max(leftMs, NOTHING_MS)}`
}

/** What is sent before this turn of the event loop ends leaves with one write, which costs as much as a statement. */
function inOnePacket(client: pg.ClientBase): void {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection
  stream.cork()
  process.nextTick(() => stream.uncork())
}
