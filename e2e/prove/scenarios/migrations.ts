// Starts that migrate at the same time, and one that dies while it does.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import pg from 'pg'
import { type EmbeddedServer, startEmbedded } from '#lib/db/embedded.ts'
import { isMigrated } from '#lib/db/migrate.ts'
import { until } from '../../stack.ts'
import type { OwnScenario, Place } from '../world.ts'

export const MIGRATION_SCENARIOS: OwnScenario[] = [
  {
    id: 'F17',
    title: 'four processes migrate at once and all succeed; one killed in the middle leaves what the next completes',
    run: migrations,
  },
]

async function migrations({ folder }: Place): Promise<void> {
  const server = await startEmbedded({ folder, durable: true })
  try {
    const together = await emptyDatabase(server, 'together')
    const ends = [1, 2, 3, 4].map(() => migrating(together.url).ended)
    for (const { code, error } of await Promise.all(ends)) assert.equal(code, 0, error)
    const applied = await read<{ hash: string }>(together.url, 'select hash from drizzle.__drizzle_migrations')
    assert.equal(new Set(applied.map(({ hash }) => hash)).size, applied.length)
    const whole = await shape(together.url)
    assert.ok(whole.length > 100, 'the schema is there')

    // Killed at the first change, in the midst of one, and again and again while the last attempt left things.
    const broken = await emptyDatabase(server, 'broken')
    let kills = 0
    for (const changes of [0, 20, 60, 120]) kills += await killAfter(server, broken, changes)
    assert.ok(kills >= 2, `only ${kills} of 4 were killed in the middle`)
    const last = await migrating(broken.url).ended
    assert.equal(last.code, 0, last.error)
    assert.deepEqual(await shape(broken.url), whole)
    const client = new pg.Client({ connectionString: broken.url })
    await client.connect()
    assert.equal(await isMigrated(client), true)
    await client.end()
  } finally {
    await server.stop('immediate')
  }
}

type Empty = { name: string; url: string }

async function emptyDatabase(server: EmbeddedServer, name: string): Promise<Empty> {
  await read(server.superuserUrl, `create database ${name} owner baton`)
  const url = new URL(server.url)
  url.pathname = `/${name}`
  return { name, url: url.href }
}

/**
 * Kills a migrating process when its database has this many more tables and indexes in its catalogue, counted past its
 * open transaction. @returns whether it was in the middle
 */
async function killAfter({ superuserUrl }: EmbeddedServer, { name, url }: Empty, changes: number): Promise<number> {
  const { process, ended } = migrating(url)
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    await until(
      async () => {
        if (process.exitCode !== null) return true
        const { rows } = await client.query<{ pid: number; locks: number }>(
          `select a.pid, (select count(*)::int from pg_locks l where l.pid = a.pid and l.locktype = 'relation') as locks
             from pg_stat_activity a where a.datname = $1 and a.backend_xid is not null`,
          [name],
        )
        if (!rows.some(({ locks }) => locks >= changes)) return false
        return process.kill('SIGKILL')
      },
      20_000,
      'the migration to begin',
    ).catch(() => process.kill('SIGKILL'))
    const { code } = await ended
    // The backend of a killed client goes on until it speaks to it.
    await until(
      async () => (await client.query('select from pg_stat_activity where datname = $1', [name])).rows.length === 0,
      30_000,
      'its backends to end',
    )
    return code === null ? 1 : 0
  } finally {
    await client.end()
  }
}

const SCRIPT = `import { migrate } from '#lib/db/migrate.ts'; await migrate(process.argv[1])`

function migrating(url: string): { process: ChildProcess; ended: Promise<{ code: number | null; error: string }> } {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', SCRIPT, url], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let error = ''
  child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()))
  return { process: child, ended: once(child, 'close').then(([code]) => ({ code: code as number | null, error })) }
}

/** Every column, index, constraint, policy, function and queue, one line each. */
async function shape(url: string): Promise<string[]> {
  const rows = await read<{ line: string }>(
    url,
    `select format('%s.%s.%s %s', table_schema, table_name, column_name, data_type) as line
       from information_schema.columns where table_schema in ('public', 'pgboss')
     union all select indexdef from pg_indexes where schemaname in ('public', 'pgboss')
     union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
       where connamespace in ('public'::regnamespace, 'pgboss'::regnamespace)
     union all select format('%s %s %s %s', tablename, policyname, qual, with_check) from pg_policies
     union all select oid::regprocedure || ' ' || md5(prosrc) from pg_proc
       where pronamespace in ('public'::regnamespace, 'pgboss'::regnamespace)
     union all select 'queue ' || name from pgboss.queue
     union all select format('pool %s %s', worker, slots) from worker_pools order by 1`,
  )
  return rows.map(({ line }) => line)
}

async function read<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}
