import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type KeptPostgres, keepPostgres } from './postgres.ts'

let folder: string
let kept: KeptPostgres
let said: string[]
let ending: AbortController
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-kept-'))
  await chmod(folder, 0o711)
})
beforeEach(async () => {
  said = []
  ending = new AbortController()
  kept = await keepPostgres({ folder, say: (line) => said.push(line), ending: ending.signal, lookEveryMs: 100 })
})
afterEach(() => kept.stop())
afterAll(() => rm(folder, { recursive: true, force: true }))

const serverPid = async () =>
  Number((await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0])

async function connected() {
  const client = new pg.Client({ connectionString: kept.url })
  const end = new Promise<void>((resolve) => client.once('end', () => resolve()))
  client.on('error', () => {})
  await client.connect()
  return { client, end }
}

test('a server that somebody asks to stop while others are connected is ended and started again, saying why', async () => {
  const held = await connected()
  const before = await serverPid()
  process.kill(before, 'SIGTERM')
  await held.end
  await expect
    .poll(
      () =>
        connected().then(
          ({ client }) => client.end().then(() => true),
          () => false,
        ),
      { timeout: 15_000 },
    )
    .toBe(true)
  expect(await serverPid()).not.toBe(before)
  expect(said).toEqual([
    expect.stringMatching(/asked to stop \(SIGTERM\) by somebody else/),
    expect.stringMatching(/^Database stopped: it ended with code 0\. Starting it again/),
  ])
})

test('while everything stops, those who are connected may finish', async () => {
  const held = await connected()
  ending.abort()
  process.kill(await serverPid(), 'SIGTERM')
  await expect
    .poll(() =>
      connected().then(
        ({ client }) => client.end(),
        (error: { code: string }) => error.code,
      ),
    )
    .toBe('57P03')
  await held.client.query('select pg_sleep(0.3)')
  expect(said).toEqual([])
  await kept.stop()
  await held.end
  expect(said).toEqual([])
})
