import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openLedger } from '#lib/tasks/ledger.ts'
import { getTask } from '#lib/tasks/queries.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { workerNamed } from '#lib/workers/registry.ts'
import { type ModelServer, openModelServer } from '../e2e/model-server.ts'
import { openTestModel } from './model/test-model.ts'
import type { WorkerProcess } from './process.ts'
import { runTask } from './run-task.ts'
import { DESCRIPTION, FAST, INFO, until, worker } from './test-worker.ts'

let tested: Tested
let server: ModelServer
let process: WorkerProcess | null = null
beforeAll(async () => {
  tested = await testWorkspace()
  server = await openModelServer()
})
afterEach(async () => {
  await process?.stop()
  process = null
  server.reset()
})
afterAll(async () => {
  await server.close()
  await tested.drop()
})

const WORKER = workerNamed('sentiment-analyzer')
const submit = (engine: 'auto' | 'rules') =>
  tested.submit({ worker: WORKER.name, input: { text: 'I love this wonderful day.' }, engine })
const get = (id: string) => tested.act((ctx) => getTask(ctx, id))

test.each([
  ['asks to wait (F39)', { status: 429, headers: { 'retry-after': '60' } }, 'pending'],
  ['refuses the key (F40)', { status: 401 }, 'blocked'],
] as const)('a provider that %s keeps no task of the built-in engine waiting', async (_, step, status) => {
  server.script(step)
  const model = openTestModel(server.url)
  process = await worker(tested.database, () => Promise.reject(new Error('unused')), {
    describe: { ...DESCRIPTION, modelOn: true },
    pausedUntil: model.pausedUntil,
    handle: ({ db }) => {
      const local = () => Promise.resolve({ result: WORKER.example.output, info: INFO })
      return (task, signal) =>
        runTask(task, signal, { model, local, backoff: FAST, ledger: (claimed) => openLedger(db, claimed) })
    },
  })
  const asked = await submit('auto')
  await until(async () => (await get(asked.id)).attempts[0]?.outcome)
  const held = await submit('auto')
  const rules = await submit('rules')
  await until(async () => (await get(rules.id)).status === 'completed')
  expect(await get(asked.id)).toMatchObject({ status })
  await until(async () => (await get(held.id)).status === status)
  expect((await get(held.id)).epoch).toBe(status === 'pending' ? 0 : 1)
  expect(server.calls).toHaveLength(1)
})
