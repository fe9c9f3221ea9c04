import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '#lib/db/client.ts'
import { openLedger } from '#lib/tasks/ledger.ts'
import { cancelTask } from '#lib/tasks/cancel.ts'
import { reconcile } from '#lib/tasks/reconcile.ts'
import { getTask } from '#lib/tasks/queries.ts'
import { retryTask } from '#lib/tasks/retry.ts'
import type { SubmitRequest } from '#lib/tasks/requests.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { unblockTasks } from '#lib/tasks/unblock.ts'
import type { Outcome } from '#lib/workers/define.ts'
import { workerNamed } from '#lib/workers/registry.ts'
import { openPgProxy } from '../e2e/prove/pg-proxy.ts'
import { ProviderError } from './model/errors.ts'
import type { WorkerProcess } from './process.ts'
import { type ModelPower, type Powers, runTask } from './run-task.ts'
import { DESCRIPTION, FAST, INFO, until, worker } from './test-worker.ts'

let tested: Tested
let process: WorkerProcess | null = null
beforeAll(async () => {
  tested = await testWorkspace()
})
afterEach(async () => {
  await process?.stop()
  process = null
})
afterAll(() => tested.drop())

const MOST = { inputTokens: 100, outputTokens: 100 }
const INTENT = { provider: 'p', model: 'm', endpointHost: 'h', mode: 'prompt', purpose: 'first', most: MOST } as const
const RESULT = workerNamed('sentiment-analyzer').example.output

/** Plays the model: each call is recorded, then `play` gives its answer or throws. */
function played(play: (call: number, signal: AbortSignal) => unknown): ModelPower {
  let calls = 0
  return {
    provider: 'p',
    model: 'm',
    endpointHost: 'h',
    forTask: (ledger, { signal }) => ({
      generate: async () => {
        const id = await ledger.begin(INTENT)
        calls += 1
        try {
          const answer = await play(calls, signal)
          await ledger.settle(id, { state: 'settled', inputTokens: 10, outputTokens: 5, usage: { total: 15 } })
          return answer as never
        } catch (error) {
          const state = signal.aborted ? 'unknown' : 'failed'
          await ledger.settle(id, { state, raw: 'not\0 JSON', error: { code: 'x', message: 'y\0' } })
          throw error
        }
      },
      info: () => ({ requestIds: [], replaced: 0, found: 2, missing: 0 }),
    }),
  }
}

async function start(powers: Partial<Pick<Powers, 'model' | 'local' | 'ledger'>>): Promise<void> {
  const model = powers.model ?? null
  process = await worker(tested.database, () => Promise.reject(new Error('unused')), {
    describe: { ...DESCRIPTION, modelOn: model !== null, model: model?.model ?? null },
    handle: ({ db }) => {
      const local = powers.local ?? (() => Promise.resolve<Outcome>({ result: RESULT, info: INFO }))
      const ledger = powers.ledger ?? ((task) => openLedger(db, task))
      const all: Powers = { model, local, backoff: FAST, ledger }
      return (task, signal) => runTask(task, signal, all)
    },
  })
}

const submit = async (more: Partial<SubmitRequest> = {}) =>
  (await tested.submit({ worker: 'sentiment-analyzer', input: { text: 'I am glad.' }, ...more })).id
const get = (id: string) => tested.act((ctx) => getTask(ctx, id))
const reached = (id: string, status: string) =>
  until(async () => {
    const task = await get(id)
    return task.status === status ? task : null
  })

describe('the engine', () => {
  test('is the built-in one without a model, and says so', async () => {
    await start({})
    const task = await reached(await submit(), 'completed')
    expect(task).toMatchObject({ result: RESULT, info: { engine: { kind: 'rules' } }, tokens: null, calls: [] })
    expect(task.attempts).toMatchObject([{ engine: 'rules', workerVersion: expect.stringMatching(/^[0-9a-f]{12}$/) }])
  })

  test('is the model when one is on, with its calls, tokens and events recorded', async () => {
    await start({ model: played(() => RESULT) })
    const task = await reached(await submit(), 'completed')
    expect(task).toMatchObject({
      tokens: 15,
      costMicros: null,
      info: { engine: { kind: 'model', model: 'm' }, evidence: { found: 2 } },
    })
    expect(task.calls).toMatchObject([{ epoch: 1, state: 'settled', inputTokens: 10, usage: { total: 15 } }])
    expect(task.events.map((event) => event.type)).toEqual(['submitted', 'started', 'called', 'completed'])
  })

  test('is the built-in one when it was asked for, although a model is on', async () => {
    await start({ model: played(() => Promise.reject(new Error('must not be asked'))) })
    expect(await reached(await submit({ engine: 'rules' }), 'completed')).toMatchObject({ calls: [] })
  })

  test('a model that was asked for and is not there blocks the task, and a retry with the built-in one completes it', async () => {
    await start({})
    const id = await submit({ engine: 'model' })
    expect(await reached(id, 'blocked')).toMatchObject({
      reason: 'needs_model',
      attemptsUsed: 0,
      queue: { position: null },
    })
    expect(await tested.ticket(id)).toBe('completed')
    await tested.act((ctx) => retryTask(ctx, id, { engine: 'rules' }))
    expect(await reached(id, 'completed')).toMatchObject({ engine: 'rules', attemptsUsed: 1 })
  })

  test('what is useful without a model is kept with the blocked task', async () => {
    const partial = { language: 'en', segments: ['a\0b'] }
    await start({ local: () => Promise.resolve({ blocked: 'needs_model', partial, info: INFO }) })
    expect(await reached(await submit({ worker: 'translator' }), 'blocked')).toMatchObject({
      partial: { language: 'en', segments: ['a\uFFFDb'] },
      info: { method: INFO.method },
    })
  })
})

describe('the provider', () => {
  const failsOnce = (error: ProviderError) => played((call) => (call === 1 ? Promise.reject(error) : RESULT))
  const problem = { code: 'c', message: 'm\0', advice: 'a', requestId: 'r' }

  test('F39 a rate limit is waited out without counting the attempt', async () => {
    await start({ model: failsOnce(new ProviderError('rate_limited', problem, 50)) })
    const task = await reached(await submit(), 'completed')
    expect(task).toMatchObject({ attemptsUsed: 1, error: null })
    expect(task.attempts.map((attempt) => attempt.outcome)).toEqual(['rate_limited', 'completed'])
    expect(task.calls.map((call) => [call.state, call.raw])).toEqual([
      ['failed', 'not\uFFFD JSON'],
      ['settled', null],
    ])
  })

  test('F40 a refused key blocks the task, and it goes on when the key is accepted', async () => {
    await start({ model: failsOnce(new ProviderError('blocked', problem)) })
    const id = await submit()
    expect(await reached(id, 'blocked')).toMatchObject({
      reason: 'provider',
      attemptsUsed: 0,
      error: { code: 'c', message: 'm\uFFFD' },
    })
    expect(await unblockTasks(tested.database.worker.db, tested.queue, 'provider')).toBe(1)
    expect((await reached(id, 'completed')).events.map((event) => event.type)).toContain('unblocked')
  })

  test('F41 a fault is tried again, and what would fail again is not', async () => {
    await start({ model: failsOnce(new ProviderError('retryable', problem)) })
    expect(await reached(await submit(), 'completed')).toMatchObject({ attemptsUsed: 2 })
    await process?.stop()
    await start({ model: failsOnce(new ProviderError('permanent', problem)) })
    const task = await reached(await submit(), 'failed')
    expect(task).toMatchObject({ attemptsUsed: 1, error: { code: 'c', advice: 'a', requestId: 'r' } })
  })

  test('a result that does not have the form of the worker fails with the field', async () => {
    await start({ local: () => Promise.resolve({ result: { nonsense: true }, info: INFO }) })
    expect((await reached(await submit(), 'failed')).error).toMatchObject({ code: 'invalid_form' })
  })
})

test('F8 an outage that outlasts an attempt does not count against its task, and leaves the call unknown', async () => {
  const url = new URL(tested.database.url)
  const proxy = await openPgProxy({ host: url.hostname, port: Number(url.port) })
  url.port = String(proxy.port)
  const cutOff = openDatabase(url.href, 'baton_worker', { max: 1 })
  let attempts = 0
  await start({
    model: played(async (call) => {
      if (call === 1) await proxy.close()
      return RESULT
    }),
    ledger: (task) =>
      ++attempts === 1 ? openLedger(cutOff.db, task, 100) : openLedger(tested.database.worker.db, task),
  })
  const task = await reached(await submit(), 'completed')
  expect(task).toMatchObject({ attemptsUsed: 1, error: null })
  expect(task.attempts).toMatchObject([
    { outcome: 'drained', error: { code: 'database_unavailable' } },
    { outcome: 'completed' },
  ])
  expect(task.calls.map((call) => call.state)).toEqual(['unknown', 'settled'])
  await cutOff.close()
})

test('F31 cancelling aborts the call, keeps it in the ledger and lets no further call be made', async () => {
  await start({
    model: played(
      (_, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    ),
  })
  const id = await submit()
  await until(async () => (await get(id)).calls.length === 1)
  await tested.act((ctx) => cancelTask(ctx, id))
  expect(await until(async () => ((await get(id)).calls[0]?.state === 'unknown' ? get(id) : null))).toMatchObject({
    status: 'cancelled',
    epoch: 2,
  })
  const stale = { id, workspaceId: tested.workspace.id, epoch: 1, processId: process?.processId() ?? 0 }
  const ledger = openLedger(tested.database.worker.db, stale as never)
  await expect(ledger.begin(INTENT)).rejects.toThrow('cancelled or taken over')
  expect((await get(id)).calls).toHaveLength(1)
})

describe('F39 while the provider asks to wait', () => {
  let pause: number | null
  const claiming = async (modelOn: boolean) => {
    pause = Date.now() + 60_000
    process = await worker(
      tested.database,
      async () => ({ status: 'completed', outcome: 'completed', event: 'completed', counted: true, result: '{}' }),
      { describe: { ...DESCRIPTION, modelOn }, pausedUntil: () => pause },
    )
  }

  test('tasks for the model stay in the queue and those for the built-in engine pass them by', async () => {
    await claiming(true)
    const waiting = [await submit({ engine: 'model' }), await submit({ engine: 'auto' })]
    const rules = [await submit({ engine: 'rules' }), await submit({ engine: 'rules', priority: 'low' })]
    for (const id of rules) await reached(id, 'completed')
    for (const id of waiting) expect(await get(id)).toMatchObject({ status: 'pending', epoch: 0 })
    pause = null
    for (const id of waiting) await reached(id, 'completed')
  })

  test('a task that was retried with the built-in engine is its own from then on, and so is one that came back', async () => {
    await claiming(true)
    const retried = await submit({ engine: 'model' })
    await tested.act((ctx) => cancelTask(ctx, retried))
    await tested.act((ctx) => retryTask(ctx, retried, { engine: 'rules' }))
    await reached(retried, 'completed')
    const suspect = await submit({ engine: 'model' })
    const { admin, worker: opened } = tested.database
    await admin.query(`update tasks set suspicion = 2 where id = $1`, [suspect])
    await admin.query('delete from pgboss.job where id = $1', [suspect])
    await until(
      async () => (await reconcile(opened.db, tested.queue)).includes(suspect) || (await tested.ticket(suspect)),
    )
    const neighbour = await submit({ engine: 'rules' })
    await reached(neighbour, 'completed')
    expect(await get(suspect)).toMatchObject({ status: 'pending', epoch: 0 })
    pause = null
    await reached(suspect, 'completed')
  })

  test('a process without a model has nothing to wait for', async () => {
    await claiming(false)
    expect(await reached(await submit({ engine: 'auto' }), 'completed')).toMatchObject({ epoch: 1 })
  })
})
