// vitest's global setup: one Postgres for the whole run, and in it a migrated database that tests copy.
import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { env } from '#lib/env.ts'
import { endOrphan, startEmbedded } from './embedded.ts'
import { isRunning } from './embedded-host.ts'
import { migrate } from './migrate.ts'
import { ROLES } from './roles.ts'

const PREFIX = 'baton-test-'

export type TestServer = { superuserUrl: string; login: string; password: string; template: string }

declare module 'vitest' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- merging is what vitest's typing asks for
  interface ProvidedContext {
    server: TestServer
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const external = env().DATABASE_URL
  const own = external ? null : await startOwn()
  const superuserUrl = external ?? own?.superuserUrl ?? ''
  const name = `baton_test_${randomBytes(4).toString('hex')}`
  const server = { superuserUrl, login: name, password: randomBytes(16).toString('hex'), template: `${name}_template` }
  const remove = () => (own ? own.remove() : removeFrom(server))
  try {
    await createTemplate(server)
  } catch (error) {
    await remove()
    throw error
  }
  project.provide('server', server)
  return remove
}

async function createTemplate(server: TestServer): Promise<void> {
  await asSuperuser(server.superuserUrl, async (client) => {
    await client.query(`create role ${server.login} login createrole createdb password '${server.password}'`)
    // Roles of another set-up on this server cannot be taken by a login that did not create them.
    for (const role of ROLES)
      if ((await client.query('select from pg_roles where rolname = $1', [role])).rowCount)
        await client.query(`grant ${role} to ${server.login} with admin option`)
    await client.query(`create database ${server.template} owner ${server.login}`)
  })
  await migrate(databaseUrl(server, server.template))
}

async function removeFrom({ superuserUrl, login }: TestServer): Promise<void> {
  await asSuperuser(superuserUrl, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      `select datname from pg_database where starts_with(datname, $1)`,
      [login],
    )
    for (const { datname } of rows) await client.query(`drop database ${datname} with (force)`)
    await client.query(`reassign owned by ${login} to current_user; drop owned by ${login}; drop role ${login}`)
  })
}

export function databaseUrl(server: TestServer, database: string): string {
  const url = new URL(server.superuserUrl)
  url.username = server.login
  url.password = server.password
  url.pathname = `/${database}`
  return url.href
}

async function startOwn() {
  await removeAbandoned()
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`))
  await chmod(folder, 0o711)
  const settings = { shared_buffers: '64MB', max_connections: '300' }
  const server = await startEmbedded({ folder, durable: false, settings })
  const remove = async () => {
    await server.stop('immediate')
    await rm(folder, { recursive: true, force: true })
  }
  return { superuserUrl: server.superuserUrl, remove }
}

/** A killed run leaves its server behind. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(name.slice(PREFIX.length).split('-')[0])
    if (!name.startsWith(PREFIX) || !pid || isRunning(pid, '')) continue
    const folder = join(tmpdir(), name)
    await endOrphan(join(folder, 'postgres'))
    await rm(folder, { recursive: true, force: true })
  }
}

async function asSuperuser(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
