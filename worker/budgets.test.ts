import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readTable } from '#lib/batches/read-table.ts'
import { getBatch } from '#lib/batches/queries.ts'
import { startQuery } from '#lib/batches/requests.ts'
import { setBatchBudget } from '#lib/batches/set-budget.ts'
import { startBatch } from '#lib/batches/start.ts'
import { setSlots } from '#lib/pools/set-slots.ts'
import { addPrice } from '#lib/prices/add.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { type ModelServer, openModelServer } from '../e2e/model-server.ts'
import { until } from './test-worker.ts'

let tested: Tested
let server: ModelServer
let children: ChildProcess[] = []

beforeEach(async () => {
  ;[tested, server] = await Promise.all([testWorkspace(), openModelServer({ delayMs: 400 })])
})
afterEach(async () => {
  const living = children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
  const ended = living.map((child) => once(child, 'exit'))
  for (const child of living) child.kill('SIGKILL')
  await Promise.all(ended)
  children = []
  await server.close()
  await tested.drop()
})

const ROOT = join(import.meta.dirname, '..')
const OPERATOR = { role: 'owner', operator: true } as const

/** The real worker process, with its real model client. */
function launch(): ChildProcess {
  const child = spawn(join(ROOT, 'node_modules/.bin/node'), ['worker/main.ts'], {
    cwd: ROOT,
    env: {
      NODE_ENV: 'test',
      PATH: process.env['PATH'],
      DATABASE_URL: tested.database.url,
      OPENAI_BASE_URL: server.url,
      OPENAI_MODEL: 'fake-model',
      BATON_TIME_SCALE: '10',
    },
    stdio: 'ignore',
  })
  children.push(child)
  return child
}

const query = async (text: string, values: unknown[] = []) => (await tested.database.admin.query(text, values)).rows
const asOperator = <Result>(work: Parameters<typeof tested.act<Result>>[0]) => tested.act(work, { access: OPERATOR })

const ANSWER = { prompt_tokens: 2_000, completion_tokens: 12_000, total_tokens: 14_000 }
/** What the provider would put on its bill: every request that it has taken, whether its answer was heard or not. */
const billed = () => server.calls.length * (ANSWER.prompt_tokens + 10 * ANSWER.completion_tokens)

test('F46 with twenty calls in flight and a process killed among them, the provider’s bill never passes the cap', async () => {
  const dollars = { model: 'fake-model', inputPerMillion: 1, outputPerMillion: 10 }
  await asOperator((ctx) => addPrice(ctx, dollars))
  await asOperator((ctx) => setSlots(ctx, 'summarizer', 20))
  const rows = Array.from({ length: 60 }, (_, index) => `Letter ${index} tells that the parcel came late again.`)
  const table = readTable(Buffer.from(`text\n${rows.join('\n')}`))
  // Up to 16,000 tokens of output and some 3,000 of input are set aside for each: about twenty fit at once.
  const capMicros = 3_400_000
  const asked = startQuery.parse({
    name: 'Letters',
    worker: 'summarizer',
    engine: 'model',
    capMicros: String(capMicros),
  })
  const { id } = await tested.act((ctx) => startBatch(ctx, table, asked))
  const batch = () => tested.act((ctx) => getBatch(ctx, id))
  server.script({ times: 0, usage: ANSWER })

  const first = launch()
  await until(() => server.calls.filter(({ endedAt }) => endedAt === null).length >= 20, 20_000)
  first.kill('SIGKILL')
  launch()
  const held = await until(async () => {
    const now = await batch()
    return now.status === 'budget_reached' && now.budget?.reservedMicros === 0 ? now : null
  }, 40_000)

  expect(billed()).toBeLessThanOrEqual(capMicros)
  expect(held.budget?.spentMicros).toBeLessThanOrEqual(capMicros)
  expect(held.budget?.spentMicros).toBeGreaterThanOrEqual(billed())
  // Of the calls of the killed process nobody knows the end, so they count in full.
  expect(held.budget?.assumedMicros).toBeGreaterThan(15 * 160_000)
  expect(held.budget).toMatchObject({ capMicros, waiting: held.counts.blocked })
  const [ledger] = await query(
    `select sum(coalesce(cost_micros, reserved_micros))::int as used, count(*) filter (where state = 'sent')::int as open,
       count(*) filter (where state = 'unknown')::int as unknown from calls`,
  )
  expect(ledger).toMatchObject({ used: held.budget?.spentMicros, open: 0 })
  const [blocked] = await query(`select error, process_id from tasks where status = 'blocked' limit 1`)
  expect(blocked).toMatchObject({ process_id: null, error: { code: 'budget_reached' } })

  await tested.act((ctx) => setBatchBudget(ctx, id, { capMicros: 30_000_000 }))
  const done = await until(async () => {
    const now = await batch()
    return now.finishedAt === null ? null : now
  }, 40_000)
  expect(done).toMatchObject({
    status: 'completed',
    counts: { completed: 60, failed: 0 },
    budget: { reservedMicros: 0 },
  })
  expect(billed()).toBeLessThanOrEqual(done.budget?.spentMicros ?? 0)
}, 120_000)
