// Where the measurements take place: one embedded Postgres with fsync on, and a database of its own for each contender.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { startEmbedded } from '#lib/db/embedded.ts'
import { migrate } from '#lib/db/migrate.ts'

export type Stage = {
  superuserUrl: string
  /** An empty database owned by the ordinary login. */
  database: (name: string) => Promise<string>
  /** One with Baton's tables. */
  product: (name: string) => Promise<string>
  /** The URL of a database that may be there from an earlier run, or null. */
  existing: (name: string) => Promise<string | null>
  asSuperuser: (name: string) => string
  drop: (name: string) => Promise<void>
  close: () => Promise<void>
}

/** Kept between runs for the million tasks; never the product's own data. */
export const FOLDER = join(import.meta.dirname, '.data')

export async function openStage(): Promise<Stage> {
  const server = await startEmbedded({ folder: FOLDER, settings: { max_wal_size: '4GB', checkpoint_timeout: '30min' } })
  const admin = new pg.Pool({ connectionString: server.superuserUrl, max: 2 })
  admin.on('error', () => {})

  const at = (base: string, name: string): string => Object.assign(new URL(base), { pathname: `/${name}` }).href
  /** Connections that were closed a moment ago end by themselves; ended by us, they would complain. */
  async function quiet(name: string | null): Promise<void> {
    for (let tries = 0; tries < 50; tries += 1) {
      const { rowCount } = await admin.query(
        `select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()
          and datname <> 'postgres' and datname = coalesce($1, datname)`,
        [name],
      )
      if (rowCount === 0) return
      await sleep(20)
    }
  }
  async function drop(name: string): Promise<void> {
    await quiet(name)
    await admin.query(`drop database if exists ${name} with (force)`)
  }
  async function database(name: string): Promise<string> {
    await drop(name)
    await admin.query(`create database ${name} owner baton`)
    return at(server.url, name)
  }
  return {
    superuserUrl: server.superuserUrl,
    database,
    drop,
    product: async (name) => {
      const url = await database(name)
      await migrate(url)
      return url
    },
    existing: async (name) => {
      const { rows } = await admin.query('select from pg_database where datname = $1', [name])
      return rows.length > 0 ? at(server.url, name) : null
    },
    asSuperuser: (name) => at(server.superuserUrl, name),
    close: async () => {
      await quiet(null)
      await admin.end()
      await server.stop()
    },
  }
}

export async function forgetStage(): Promise<void> {
  await rm(FOLDER, { recursive: true, force: true })
}
