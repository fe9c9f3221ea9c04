import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getTask } from '#lib/tasks/queries.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { openModelServer } from '../e2e/model-server.ts'
import { until } from './test-worker.ts'

let tested: Tested
beforeAll(async () => {
  tested = await testWorkspace()
})
afterAll(() => tested.drop())

const ROOT = join(import.meta.dirname, '..')

function launch(settings: Record<string, string> = {}) {
  const child = spawn(join(ROOT, 'node_modules/.bin/node'), ['worker/main.ts'], {
    cwd: ROOT,
    env: { NODE_ENV: 'test', PATH: process.env['PATH'], DATABASE_URL: tested.database.url, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return { child, output: () => output, exited: new Promise<number | null>((resolve) => child.once('exit', resolve)) }
}

test('the process starts small, answers with the built-in engine and stops with 0 on SIGTERM', async () => {
  const { child, output, exited } = launch()
  await until(() => output().includes('is ready'), 20_000)
  const residentMb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024
  expect(residentMb).toBeLessThan(150)
  const { id } = await tested.submit({ worker: 'sentiment-analyzer', input: { text: 'I love this wonderful day.' } })
  const { id: blocked } = await tested.submit({
    worker: 'translator',
    input: { text: 'Good morning.' },
    engine: 'model',
  })
  const get = (task: string) => tested.act((ctx) => getTask(ctx, task))
  await until(async () => (await get(id)).finishedAt, 15_000)
  expect(await get(id)).toMatchObject({
    status: 'completed',
    info: { engine: { kind: 'rules' } },
    attempts: [{ outcome: 'completed' }],
  })
  await until(async () => (await get(blocked)).status === 'blocked')
  expect(await get(blocked)).toMatchObject({ reason: 'needs_model', attemptsUsed: 0 })
  child.kill('SIGTERM')
  expect(await exited).toBe(0)
  const { rows } = await tested.database.admin.query('select stopped_at, draining_since, lost_at from worker_processes')
  expect(rows).toMatchObject([{ stopped_at: expect.any(Date), draining_since: expect.any(Date), lost_at: null }])
})

test.each([
  ['asks to wait (F39)', { status: 429, headers: { 'retry-after': '60' } }, 'pending'],
  ['refuses the key (F40)', { status: 401 }, 'blocked'],
] as const)('a provider that %s keeps no task of the built-in engine waiting', async (_, step, status) => {
  const server = await openModelServer()
  server.script(step)
  const { child, exited } = launch({ OPENAI_BASE_URL: server.url, OPENAI_MODEL: 'fake-model' })
  const submit = (engine: 'auto' | 'rules') =>
    tested.submit({ worker: 'sentiment-analyzer', input: { text: 'I love this wonderful day.' }, engine })
  const get = (id: string) => tested.act((ctx) => getTask(ctx, id))
  const asked = await submit('auto')
  await until(async () => (await get(asked.id)).attempts[0]?.outcome, 20_000)
  const held = await submit('auto')
  const rules = await submit('rules')
  await until(async () => (await get(rules.id)).status === 'completed', 15_000)
  expect(await get(asked.id)).toMatchObject({ status })
  expect(await get(held.id)).toMatchObject(status === 'pending' ? { status, epoch: 0 } : { status })
  expect(server.calls.filter((call) => call.path.endsWith('/chat/completions'))).toHaveLength(1)
  child.kill('SIGTERM')
  expect(await exited).toBe(0)
  await server.close()
})
