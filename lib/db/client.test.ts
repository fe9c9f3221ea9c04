import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'drizzle-orm'
import { asWorkspace, openDatabase } from './client.ts'
import { databaseFault } from './faults.ts'
import { statement } from './statement.ts'
import { testDatabase, type TestDatabase } from './test-database.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

test('connections that break at begin, in the middle and at commit leave the pool as large as it was', async () => {
  const opened = openDatabase(database.url, 'baton_app', { max: 2, connectionTimeoutMs: 1_000 })
  const one = () => opened.db.transaction((tx) => tx.execute(sql`select 1 as n`))
  const cut = () =>
    opened.db.transaction(async (tx) => {
      const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
      await database.admin.query('select pg_terminate_backend($1)', [rows[0]?.pid])
      await tx.execute(sql`select 1`)
    })
  for (let round = 0; round < 4; round += 1) {
    opened.pool.once('acquire', (client) => {
      client.connection.stream.destroy()
    })
    expect(databaseFault(await one().catch((error: unknown) => error))).toBe('unavailable')
    expect(databaseFault(await cut().catch((error: unknown) => error))).toBe('unavailable')
  }
  expect((await Promise.all([one(), one()])).map(({ rows }) => rows)).toEqual([[{ n: 1 }], [{ n: 1 }]])
  await opened.close()
})

const renamed = statement<{ id: string; name: string }, { id: string }>(
  (
    value,
  ) => sql`update workspaces set name = ${value('name')} where id = ${value('id')} and 1 / length(${value('name')}) >= 0
    returning id`,
)

test.each([false, true])(
  'what a last statement writes is kept, unless it fails; through a pooler: %s',
  async (pooled) => {
    const opened = openDatabase(database.url, 'baton_app', { max: 1, pooled })
    const { id } = await database.workspace('Before')
    const rename = (name: string) => asWorkspace(opened.db, id, (tx) => renamed(tx, { id, name }, { last: true }))
    const name = async () =>
      (await database.admin.query('select name from workspaces where id = $1', [id])).rows[0].name
    expect(await rename('After')).toEqual([{ id }])
    expect(await name()).toBe('After')
    await expect(rename('')).rejects.toThrow(/division by zero|Failed query/)
    expect(await name()).toBe('After')
    // The connection is as good as before.
    expect(await rename('Again')).toEqual([{ id }])
    expect(await name()).toBe('Again')
    await opened.close()
  },
)

test('a statement that follows the last one is refused instead of running outside the transaction', async () => {
  const { id } = await database.workspace('Before')
  const { db } = database.app
  const late = asWorkspace(db, id, async (tx) => {
    await renamed(tx, { id, name: 'After' }, { last: true })
    await tx.execute(sql`update workspaces set name = 'Late'`)
  })
  await expect(late).rejects.toThrow(/after the one that was said to be the last|Failed query/)
  const { rows } = await database.admin.query('select name from workspaces where id = $1', [id])
  expect(rows).toEqual([{ name: 'After' }])
})

test('what a transaction waited for its connection it does not wait again for a lock', async () => {
  const opened = openDatabase(database.url, 'baton_app', { max: 1 })
  const lockTimeout = (tx: Parameters<Parameters<typeof opened.db.transaction>[0]>[0]) =>
    tx.execute<{ ms: number }>(sql`select setting::int as ms from pg_settings where name = 'lock_timeout'`)
  const patience = async () => (await opened.db.transaction(lockTimeout)).rows[0]?.ms ?? Number.NaN
  expect(await patience()).toBe(4_500)
  const held = await opened.pool.connect()
  const startedAt = performance.now()
  const waiting = patience()
  await held.query('select pg_sleep(0.4)')
  held.release()
  const left = await waiting
  expect(left).toBeLessThanOrEqual(4_100)
  expect(left).toBeGreaterThanOrEqual(4_500 - Math.ceil(performance.now() - startedAt))
  expect(await patience()).toBe(4_500)
  await opened.close()
})
