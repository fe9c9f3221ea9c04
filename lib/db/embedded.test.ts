import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startEmbedded } from './embedded.ts'
import { canReach } from './embedded-host.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-embedded-'))
  await chmod(folder, 0o711)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function ask(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

test(
  'a database outlives kills: of the server, of its parent alone, and with a pid file that names a stranger',
  { timeout: 60_000 },
  async () => {
    const first = await startEmbedded({ folder })
    await ask(first.url, `create table kept as select 1 as n`)
    process.kill(first.pid, 'SIGKILL')
    expect(await first.ended).toBe('it was ended by SIGKILL')

    const second = await startEmbedded({ folder })
    expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 1 }])

    // As after a kill of the launcher: the server still runs, and a new start ends it first.
    const third = await startEmbedded({ folder })
    expect(await second.ended).toBe('it ended with code 0')
    await third.stop()

    const file = join(folder, 'postgres', 'postmaster.pid')
    await writeFile(file, `${process.ppid}\n${join(folder, 'postgres')}\n0\n5432\n\n127.0.0.1\n`)
    const fourth = await startEmbedded({ folder })
    expect(await ask(fourth.url, 'select n from kept')).toEqual([{ n: 1 }])
    await fourth.stop('immediate')
  },
)

test('its login owns the database and stands below row-level security; its password is kept from others', async () => {
  const server = await startEmbedded({ folder, durable: false })
  const rights = 'select rolname, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user'
  expect(await ask(server.url, rights)).toEqual([
    { rolname: 'baton', rolsuper: false, rolbypassrls: false, rolcreaterole: true },
  ])
  expect(await ask(server.url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
  const file = join(folder, 'postgres-password')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const wrong = server.url.replace((await readFile(file, 'utf8')).trim(), 'wrong')
  await expect(ask(wrong, 'select 1')).rejects.toThrow('password authentication failed')
  await server.stop('immediate')
})

test('a folder is out of reach when one above it is closed to the account', async () => {
  const inside = join(folder, 'closed', 'a', 'b')
  expect(canReach(inside, { uid: 12345, gid: 12345 })).toBe(true)
  await chmod(folder, 0o700)
  expect(canReach(inside, { uid: 12345, gid: 12345 })).toBe(false)
  expect(canReach(inside, {})).toBe(true)
  await chmod(folder, 0o711)
})
