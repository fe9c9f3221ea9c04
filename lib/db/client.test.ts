import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'drizzle-orm'
import { openDatabase } from './client.ts'
import { databaseFault } from './faults.ts'
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
