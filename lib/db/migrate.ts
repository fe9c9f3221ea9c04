// Brings a database up to this version. Any number of processes may call it at once: one works, the others wait.
// Killed half-way it leaves nothing behind, and the next call completes.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { installQueue } from '#lib/queue.ts'
import { ensureRoles } from './roles.ts'

const LOCK = 7_800_001
const QUEUE_SCHEMA = 'pgboss'
const FOLDER = join(process.cwd(), 'drizzle')

/** `url` is the login that owns the database, connected directly (no transaction pooler: the lock is a session's). */
export async function migrate(url: string, folder = FOLDER): Promise<void> {
  const client = new pg.Client({ connectionString: url, keepAlive: true, application_name: 'baton migrate' })
  // A connection cut between two statements shows in the next one.
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await ensureRoles(client)
    await runMigrations(drizzle(client), { migrationsFolder: folder })
    await installQueue(url)
    await grantQueue(client)
  } finally {
    await client.end()
  }
}

async function grantQueue(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ granted: boolean }>(
    `select has_schema_privilege('baton_app', '${QUEUE_SCHEMA}', 'usage') and not exists (
       select from pg_class where relnamespace = '${QUEUE_SCHEMA}'::regnamespace and relkind in ('r', 'p')
       and not has_table_privilege('baton_app', oid, 'select, insert, update, delete')) as granted`,
  )
  if (rows[0]?.granted) return
  await client.query(`begin;
    grant usage on schema ${QUEUE_SCHEMA} to baton_app, baton_worker;
    grant select, insert, update, delete on all tables in schema ${QUEUE_SCHEMA} to baton_app, baton_worker;
    grant usage on all sequences in schema ${QUEUE_SCHEMA} to baton_app, baton_worker;
    grant execute on all functions in schema ${QUEUE_SCHEMA} to baton_app, baton_worker;
    commit`)
}

/** Whether every migration of this version has been applied: what readiness reports. */
export async function isMigrated(pool: pg.Pool | pg.ClientBase, folder = FOLDER): Promise<boolean> {
  const journal: { entries: { when: number }[] } = JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8'))
  const newest = Math.max(...journal.entries.map((entry) => entry.when))
  const { rows } = await pool.query<{ applied: boolean }>(
    'select exists (select from drizzle.__drizzle_migrations where created_at >= $1) as applied',
    [newest],
  )
  return rows[0]?.applied ?? false
}
