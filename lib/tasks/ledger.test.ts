import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase, type OpenDatabase } from '#lib/db/client.ts'
import type { ClaimedTask } from '#lib/queue/claim.ts'
import { openPgProxy, type PgProxy } from '../../e2e/prove/pg-proxy.ts'
import type { CallLedger } from './calls.ts'
import { cancelTask } from './cancel.ts'
import { openLedger, StaleAttempt } from './ledger.ts'
import { getTask } from './queries.ts'
import { type Tested, testWorkspace } from './test-workspace.ts'

let tested: Tested
let proxy: PgProxy
let reached: OpenDatabase
beforeAll(async () => {
  tested = await testWorkspace()
})
afterAll(() => tested.drop())
beforeEach(async () => {
  const url = new URL(tested.database.url)
  proxy = await openPgProxy({ host: url.hostname, port: Number(url.port) })
  url.port = String(proxy.port)
  // Unprepared, so that every statement's text passes the proxy.
  reached = openDatabase(url.href, 'baton_worker', { pooled: true, max: 2 })
})
afterEach(async () => {
  await reached.close()
  await proxy.close()
})

const MOST = { inputTokens: 100, outputTokens: 100 }
const INTENT = { provider: 'p', model: 'm', endpointHost: 'h', mode: 'prompt', purpose: 'first', most: MOST } as const
const get = (id: string) => tested.act((ctx) => getTask(ctx, id))

/** A task that process 7 runs, and its ledger through the proxy. */
async function running(): Promise<{ id: string; ledger: CallLedger }> {
  const { id } = await tested.submit()
  await tested.database.admin.query(
    `update tasks set status = 'in_progress', epoch = 1, process_id = 7, started_at = now() where id = $1`,
    [id],
  )
  const task = { id, workspaceId: tested.workspace.id, epoch: 1, processId: 7 } as ClaimedTask
  return { id, ledger: openLedger(reached.db, task) }
}

describe.each(['before', 'after'] as const)('a connection that is cut %s a commit', (when) => {
  test('leaves one call when one begins', async () => {
    const { id, ledger } = await running()
    const broken = proxy.breakCommit(when, 'insert into calls')
    const callId = await ledger.begin(INTENT)
    await broken
    const task = await get(id)
    expect(task.calls).toMatchObject([{ id: callId, state: 'sent' }])
    expect(task.events.map((event) => `${event.seq} ${event.type}`)).toEqual(['1 submitted', '2 called'])
  })

  test('loses nothing of an answer', async () => {
    const { id, ledger } = await running()
    const callId = await ledger.begin(INTENT)
    const broken = proxy.breakCommit(when, 'update calls')
    await ledger.settle(callId, { state: 'settled', inputTokens: 10, outputTokens: 5 })
    await broken
    expect(await get(id)).toMatchObject({ tokens: 15, calls: [{ state: 'settled', finishedAt: expect.any(String) }] })
  })
})

test('a call that begins while its first try is still being committed is one call', async () => {
  const { id, ledger } = await running()
  const lock = await tested.database.admin.connect()
  await lock.query('begin')
  await lock.query('select from tasks where id = $1 for update', [id])
  const begun = ledger.begin(INTENT)
  const waiting = async (count: number) => {
    const { rows } = await tested.database.admin.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    expect(rows).toHaveLength(count)
  }
  await expect
    .poll(() =>
      waiting(1).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true)
  proxy.cut()
  await expect
    .poll(() =>
      waiting(2).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true)
  await lock.query('commit')
  lock.release()
  const callId = await begun
  const task = await get(id)
  expect(task.calls).toMatchObject([{ id: callId, state: 'sent' }])
  expect(task.events.map((event) => event.type)).toEqual(['submitted', 'called'])
})

test('a call cannot begin once the task was cancelled, however often its reply was lost', async () => {
  const { id, ledger } = await running()
  const broken = proxy.breakCommit('after', 'insert into calls')
  const begun = ledger.begin(INTENT).catch((error: unknown) => error)
  await broken
  proxy.stall()
  await tested.act((ctx) => cancelTask(ctx, id))
  proxy.resume()
  expect(await begun).toBeInstanceOf(StaleAttempt)
  expect((await get(id)).calls).toMatchObject([{ state: 'unknown' }])
})

test('a call under way is unknown when its task is cancelled, until its answer comes', async () => {
  const { id, ledger } = await running()
  const callId = await ledger.begin(INTENT)
  await tested.act((ctx) => cancelTask(ctx, id))
  expect((await get(id)).calls).toMatchObject([{ state: 'unknown', finishedAt: expect.any(String) }])
  await ledger.settle(callId, { state: 'settled', inputTokens: 10, outputTokens: 5 })
  await ledger.settle(callId, { state: 'unknown' })
  expect(await get(id)).toMatchObject({ tokens: 15, calls: [{ state: 'settled', inputTokens: 10 }] })
})

test('what is no fault of the database is told at once', async () => {
  const { id, ledger } = await running()
  const callId = await ledger.begin(INTENT)
  await expect(ledger.settle(callId, { state: 'settled', inputTokens: 2 ** 31 })).rejects.toThrow('Failed query')
  expect((await get(id)).calls).toMatchObject([{ state: 'sent' }])
})
