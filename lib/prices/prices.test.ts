import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ClaimedTask } from '#lib/queue/claim.ts'
import type { CallEnd } from '#lib/tasks/calls.ts'
import { openLedger } from '#lib/tasks/ledger.ts'
import { getTask } from '#lib/tasks/queries.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { addPrice } from './add.ts'
import { readPriceBook } from './queries.ts'

let tested: Tested
beforeAll(async () => {
  tested = await testWorkspace()
})
afterAll(() => tested.drop())

const OPERATOR = { role: 'owner', operator: true } as const
const add = (request: Parameters<typeof addPrice>[1]) =>
  tested.act((ctx) => addPrice(ctx, request), { access: OPERATOR })
const book = () => tested.act(readPriceBook)
const price = (model: string, inputPerMillion: number, outputPerMillion: number) => ({
  model,
  inputPerMillion,
  outputPerMillion,
})

/** A task with one call of the model that ended so. */
async function called(model: string, end: CallEnd, endpointHost = 'h') {
  const { id } = await tested.submit()
  await tested.database.admin.query(
    `update tasks set status = 'in_progress', epoch = 1, process_id = 7, started_at = now() where id = $1`,
    [id],
  )
  const task = { id, workspaceId: tested.workspace.id, epoch: 1, processId: 7 } as ClaimedTask
  const ledger = openLedger(tested.database.worker.db, task)
  const most = { inputTokens: 100, outputTokens: 100 }
  const call = await ledger.begin({ provider: 'p', model, endpointHost, mode: 'prompt', purpose: 'first', most })
  await ledger.settle(call, end)
  return tested.act((ctx) => getTask(ctx, id))
}

const SETTLED = { state: 'settled', inputTokens: 12_000, cachedTokens: 2_000, outputTokens: 1_000 } as const

test('a call costs what its tokens cost by the price of its time, kept input apart', async () => {
  await add({ ...price('sample-large', 2.5, 10), cachedPerMillion: 0.25 })
  const { costMicros, calls } = await called('sample-large', SETTLED)
  expect(costMicros).toBe(25_000 + 500 + 10_000)
  expect(calls[0]?.costMicros).toBe(costMicros)
})

test('without a price of its own, kept input costs as other input; a model without any price is unpriced, never free', async () => {
  await add(price('sample-small', 1, 2))
  expect((await called('sample-small', SETTLED)).costMicros).toBe(12_000 + 2_000)
  expect((await called('sample-none', SETTLED)).costMicros).toBeNull()
  expect((await book()).unpriced).toEqual(['sample-none'])
})

test('a call whose tokens nobody knows has no cost; one that the provider refused has cost nothing', async () => {
  expect((await called('sample-small', { state: 'unknown' })).costMicros).toBeNull()
  expect((await called('sample-small', { state: 'failed' })).costMicros).toBe(0)
  expect((await called('sample-none', { state: 'failed' })).costMicros).toBeNull()
})

test('the next price counts from its time on and changes no call that was made', async () => {
  await add(price('sample-old', 1, 1))
  const before = await called('sample-old', SETTLED)
  await add(price('sample-old', 5, 5))
  await add({ ...price('sample-old', 100, 100), effectiveFrom: '2999-01-01T00:00:00Z' })
  expect((await called('sample-old', SETTLED)).costMicros).toBe(5 * 13_000)
  expect((await tested.act((ctx) => getTask(ctx, before.id))).costMicros).toBe(13_000)
  const standing = (await book()).prices.filter(({ model }) => model === 'sample-old')
  expect(standing.map((entry) => [entry.inputMicros, entry.standing])).toEqual([
    [100_000_000, 'later'],
    [5_000_000, 'now'],
    [1_000_000, 'earlier'],
  ])
})

test('a price is in force at once, also for the answer to who added it', async () => {
  const read = await tested.act(
    async (ctx) => {
      await addPrice(ctx, price('sample-new', 1, 2))
      return readPriceBook(ctx)
    },
    { access: OPERATOR },
  )
  expect(read.prices.find(({ model }) => model === 'sample-new')).toMatchObject({ standing: 'now', cachedMicros: null })
})

test('a seeded price counts at its provider’s endpoint alone, and an operator’s goes before it', async () => {
  const openai = 'api.openai.com'
  expect((await called('gpt-4.1', SETTLED)).costMicros).toBeNull()
  expect((await called('gpt-4.1', SETTLED, openai)).costMicros).toBe(20_000 + 1_000 + 8_000)
  const seeded = (await book()).prices.filter(({ source }) => source !== null)
  expect(seeded.length).toBeGreaterThan(20)
  expect(
    new Set(seeded.map(({ endpointHost, standing, createdBy }) => `${endpointHost} ${standing} ${createdBy}`)),
  ).toEqual(new Set(['api.openai.com now null']))
  for (const { cachedMicros, inputMicros, outputMicros } of seeded) {
    expect(cachedMicros).toBeLessThan(inputMicros)
    expect(outputMicros).toBeGreaterThan(inputMicros)
  }
  await add(price('gpt-4.1', 3, 9))
  expect((await called('gpt-4.1', SETTLED, openai)).costMicros).toBe(36_000 + 9_000)
  expect((await called('gpt-4.1', SETTLED)).costMicros).toBe(36_000 + 9_000)
  const standing = (await book()).prices.filter(({ model }) => model === 'gpt-4.1')
  expect(standing.map((entry) => [entry.source === null, entry.standing])).toEqual([
    [true, 'now'],
    [false, 'earlier'],
  ])
})

test('nobody rewrites the book: not by the past, not by the tables', async () => {
  await expect(add({ ...price('sample-past', 1, 1), effectiveFrom: '2020-01-01T00:00:00Z' })).rejects.toThrow(
    /has passed/,
  )
  await expect(add(price('sample-past', -1, 1))).rejects.toThrow(/cannot be below 0/)
  await expect(
    tested.act((ctx) => addPrice(ctx, price('x', 1, 1)), { access: { role: 'owner', operator: false } }),
  ).rejects.toThrow(/Only an operator/)
  const { db } = tested.database.app
  const refused = { cause: { message: 'permission denied for table prices' } }
  await expect(db.execute(`update prices set input_micros = 0`)).rejects.toMatchObject(refused)
  await expect(db.execute(`delete from prices`)).rejects.toMatchObject(refused)
})
