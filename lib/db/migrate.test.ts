import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { isMigrated, migrate } from './migrate.ts'
import { testDatabase, type TestDatabase } from './test-database.ts'
import { databaseUrl } from './test-server.ts'

const server = inject('server')
let maintenance: pg.Client
let database: TestDatabase

beforeAll(async () => {
  maintenance = new pg.Client({ connectionString: server.superuserUrl })
  await maintenance.connect()
  database = await testDatabase()
})
afterAll(async () => {
  await database.drop()
  await maintenance.end()
})

async function emptyDatabase(name: string): Promise<string> {
  const full = `${server.login}_${name}`
  await maintenance.query(`create database ${full} owner ${server.login}`)
  return databaseUrl(server, full)
}

const SCRIPT = `import { migrate } from '#lib/db/migrate.ts'; await migrate(process.argv[1])`

function migrateElsewhere(url: string): ChildProcess {
  return spawn(process.execPath, ['--input-type=module-typescript', '-e', SCRIPT, url], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

async function query<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<Row>(text)
  await client.end()
  return rows
}

test('F17 four processes migrate at once: each is content, the work is done once', { timeout: 60_000 }, async () => {
  const url = await emptyDatabase('four')
  const codes = await Promise.all([1, 2, 3, 4].map(async () => (await once(migrateElsewhere(url), 'exit'))[0]))
  expect(codes).toEqual([0, 0, 0, 0])
  const applied = await query(url, 'select hash from drizzle.__drizzle_migrations')
  expect(new Set(applied.map((row) => row.hash)).size).toBe(applied.length)
  expect(await query(url, `select rolsuper, rolbypassrls from pg_roles where rolname = current_user`)).toEqual([
    { rolsuper: false, rolbypassrls: false },
  ])
})

test('F17 a migration killed half-way leaves nothing, and the next one completes', { timeout: 60_000 }, async () => {
  const url = await emptyDatabase('killed')
  const child = migrateElsewhere(url)
  const ended = once(child, 'exit')
  for (let killed = false; !killed;)
    for (const { pid } of await query<{ pid: number }>(
      server.superuserUrl,
      `select pid from pg_stat_activity where datname = '${server.login}_killed' and backend_xid is not null`,
    )) {
      killed = child.kill('SIGKILL')
      await query(server.superuserUrl, `select pg_terminate_backend(${pid}, 5000)`)
    }
  expect((await ended)[1]).toBe('SIGKILL')
  await migrate(url)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  expect(await isMigrated(client)).toBe(true)
  await client.end()
  expect(await query(url, 'select count(*)::int as n from pgboss.queue')).not.toEqual([{ n: 0 }])
})

test('a database of today has partitions for this month and three more, and rows that came early move there', async () => {
  const { rows: before } = await database.admin.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'events'::regclass order by 1`,
  )
  expect(before).toHaveLength(5)
  const workspace = await database.workspace()
  const last = before.filter(({ name }) => name !== 'events_default').at(-1)?.name ?? ''
  await database.admin.query(`drop table ${last}, ${last.replace('events', 'calls')}`)
  await database.admin.query(`
    insert into texts values ('${workspace.id}', '\\x01', 'text');
    insert into tasks (id, workspace_id, worker, title, options, text_sha256, preview)
      values (uuid_floor(date_trunc('month', now()) + interval '3 months 10 days'), '${workspace.id}', 'summarizer', '', '{}', '\\x01', '');
    insert into events (workspace_id, task_id, seq, type) select workspace_id, id, 1, 'submitted' from tasks`)
  const place = async () => (await database.admin.query(`select tableoid::regclass::text as name from events`)).rows
  expect(await place()).toEqual([{ name: 'events_default' }])
  await database.worker.pool.query('select make_partitions()')
  await database.worker.pool.query('select make_partitions()')
  expect(await place()).toEqual([{ name: last }])
  const { rows: after } = await database.admin.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'events'::regclass order by 1`,
  )
  expect(after).toEqual(before)
  await database.admin.query(`delete from workspaces where id = '${workspace.id}'`)
  expect(await place()).toEqual([])
})
