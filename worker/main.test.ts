import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getTask } from '#lib/tasks/queries.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { until } from './test-worker.ts'

let tested: Tested
beforeAll(async () => {
  tested = await testWorkspace()
})
afterAll(() => tested.drop())

const ROOT = join(import.meta.dirname, '..')

function launch() {
  const child = spawn(join(ROOT, 'node_modules/.bin/node'), ['worker/main.ts'], {
    cwd: ROOT,
    env: { NODE_ENV: 'test', PATH: process.env['PATH'], DATABASE_URL: tested.database.url },
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
