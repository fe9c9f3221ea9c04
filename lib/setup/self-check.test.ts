import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { asWorkspace } from '#lib/db/client.ts'
import { testDatabase, type TestDatabase, type TestWorkspace } from '#lib/db/test-database.ts'
import { parseEnv } from '#lib/env.ts'
import { openQueue, type Queue } from '#lib/queue.ts'
import { selfCheck } from './self-check.ts'

let database: TestDatabase
let workspace: TestWorkspace
let queue: Queue

beforeAll(async () => {
  database = await testDatabase()
  workspace = await database.workspace()
  queue = await openQueue(database.app)
})
afterAll(async () => {
  await queue.close()
  await database.drop()
})

async function check(settings: Record<string, string> = {}) {
  const checks = await asWorkspace(database.app.db, workspace.id, (tx) =>
    selfCheck(database.ctx(tx, workspace, queue), database.app, parseEnv(settings)),
  )
  return Object.fromEntries(checks.map((row) => [row.id, row]))
}

describe('self-check', () => {
  test('without a worker process the row says what to start, and stands last', async () => {
    const rows = await check()
    expect(rows['worker']).toMatchObject({ state: 'failed', command: 'npm run worker' })
    expect(Object.keys(rows).at(-1)).toBe('worker')
    expect(rows['database']).toMatchObject({ state: 'passed', detail: expect.stringMatching(/^Postgres \d+/) })
    expect(rows['migrations']).toMatchObject({ state: 'passed' })
    expect(rows['engine']).toMatchObject({ state: 'passed', title: 'Engine: built-in' })
  })

  test('a live worker process passes', async () => {
    await database.admin.query(
      `insert into worker_processes (host, pid, version, node_version) values ('here', 4127, '0.1.0', '24')`,
    )
    expect((await check())['worker']).toMatchObject({ state: 'passed', note: 'pid 4127' })
  })

  test('the way of a ticket is measured and leaves nothing behind', async () => {
    const { queue: row } = await check()
    expect(row?.measureMs).toBeGreaterThan(0)
    const { rows } = await database.admin.query('select count(*) from pgboss.job')
    expect(rows[0].count).toBe('0')
  })

  test('plain http for other machines fails, https passes', async () => {
    expect((await check({ HOST: '0.0.0.0' }))['address']).toMatchObject({ state: 'failed' })
    expect((await check({ BATON_PUBLIC_URL: 'http://baton.example' }))['address']).toMatchObject({ state: 'failed' })
    const https = { HOST: '0.0.0.0', BATON_PUBLIC_URL: 'https://baton.example' }
    expect((await check(https))['address']).toMatchObject({ state: 'passed' })
  })

  test('a model that answers, refuses the key or is not there', async () => {
    const server = createServer((request, response) => {
      response.writeHead(request.headers.authorization === 'Bearer right' ? 200 : 401).end('{"data":[]}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
    const settings = { OPENAI_BASE_URL: base, OPENAI_MODEL: 'scripted' }
    expect((await check({ ...settings, OPENAI_API_KEY: 'right' }))['engine']).toMatchObject({ state: 'passed' })
    expect((await check({ ...settings, OPENAI_API_KEY: 'wrong' }))['engine']).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('refuses the key'),
    })
    await new Promise((resolve) => server.close(resolve))
    expect((await check(settings))['engine']).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('cannot be reached'),
    })
  })
})
