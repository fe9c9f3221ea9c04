import { setImmediate as immediate } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readTable } from '#lib/batches/read-table.ts'
import { getBatch } from '#lib/batches/queries.ts'
import { startQuery } from '#lib/batches/requests.ts'
import { setBatchBudget } from '#lib/batches/set-budget.ts'
import { startBatch } from '#lib/batches/start.ts'
import { pauseBatch } from '#lib/batches/pause.ts'
import { addPrice } from '#lib/prices/add.ts'
import type { ClaimedTask } from '#lib/queue/claim.ts'
import type { CallEnd } from '#lib/tasks/calls.ts'
import { openLedger, OverBudget } from '#lib/tasks/ledger.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { releaseBudgets } from './release.ts'

let tested: Tested
beforeAll(async () => {
  tested = await testWorkspace()
  await price('gold', 1, 10)
})
afterAll(() => tested.drop())
beforeEach(async () => {
  await query(`delete from worker_processes`)
  await query(`update tasks set status = 'cancelled', reason = null, finished_at = now() where finished_at is null`)
})

const query = async (text: string, values: unknown[] = []) => (await tested.database.admin.query(text, values)).rows
const OPERATOR = { role: 'owner', operator: true } as const
const price = (model: string, inputPerMillion: number, outputPerMillion: number) =>
  tested.act((ctx) => addPrice(ctx, { model, inputPerMillion, outputPerMillion }), { access: OPERATOR })

let lots = 0
async function start(rows: number, request: Record<string, string> = {}) {
  lots += 1
  const table = readTable(
    Buffer.from(`text\n${Array.from({ length: rows }, (_, index) => `Letter ${index} of ${lots}`).join('\n')}`),
  )
  const asked = startQuery.parse({
    name: 'Letters',
    ...(request['workflow'] ? {} : { worker: 'summarizer' }),
    ...request,
  })
  const { id } = await tested.act((ctx) => startBatch(ctx, table, asked))
  return id
}
const budget = async (id: string) => (await tested.act((ctx) => getBatch(ctx, id))).budget
const cap = (id: string, capMicros: number | null, unpriced?: boolean) =>
  tested.act((ctx) => setBatchBudget(ctx, id, { capMicros, ...(unpriced === undefined ? {} : { unpriced }) }))
const release = () => releaseBudgets(tested.database.worker.db, tested.queue)

/** The next waiting tasks of the batch, as if this process had claimed them. */
async function claimed(id: string, count: number): Promise<ClaimedTask[]> {
  const rows = await query(
    `update tasks set status = 'in_progress', epoch = epoch + 1, process_id = 7, started_at = now() where id in (
       select t.id from tasks t left join runs r on r.id = t.run_id
       where $1 in (t.batch_id, r.batch_id) and t.status = 'pending' order by t.id limit $2) returning id, epoch`,
    [id, count],
  )
  const sorted = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return sorted.map((row) => ({ ...row, workspaceId: tested.workspace.id, processId: 7 }) as ClaimedTask)
}

const ledgerOf = (task: ClaimedTask) => openLedger(tested.database.worker.db, task)
/** Costs 1,000 of input and 1,000 of output at most: 11,000 micros. */
const INTENT = {
  provider: 'p',
  model: 'gold',
  endpointHost: 'h',
  mode: 'prompt',
  purpose: 'first',
  most: { inputTokens: 1_000, outputTokens: 1_000 },
} as const
const MOST = 11_000
const begin = (task: ClaimedTask, intent: Partial<typeof INTENT> | { model: string } = {}) =>
  ledgerOf(task).begin({ ...INTENT, ...intent })
const tries = async (task: ClaimedTask) =>
  begin(task).then(
    () => true,
    (error: unknown) => !(error instanceof OverBudget),
  )
const ANSWERED: CallEnd = { state: 'settled', inputTokens: 500, outputTokens: 100 }
const COST = 1_500

/** As the worker process does after an OverBudget. */
const block = (task: ClaimedTask, neededMicros: number | null, model = 'gold') =>
  query(
    `with t as (update tasks set status = 'blocked', reason = 'budget', process_id = null, seq = seq + 1 where id = $1
       returning workspace_id, id, seq)
     insert into events (workspace_id, task_id, seq, type, data) select workspace_id, id, seq, 'blocked', $2 from t`,
    [task.id, JSON.stringify({ reason: 'budget', neededMicros, model, endpointHost: 'h' })],
  )

test('a call sets aside the most it may cost, and gives back what it did not use', async () => {
  const id = await start(2, { capMicros: '50000' })
  const [task] = await claimed(id, 1)
  const call = await begin(task!)
  expect(await budget(id)).toMatchObject({ capMicros: 50_000, spentMicros: 0, reservedMicros: MOST })
  await ledgerOf(task!).settle(call, ANSWERED)
  await ledgerOf(task!).settle(call, ANSWERED)
  expect(await budget(id)).toMatchObject({ spentMicros: COST, reservedMicros: 0, assumedMicros: 0 })
})

async function somebodyWaits(): Promise<void> {
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  while ((await query(waiting)).length === 0) await immediate()
}

test('a cap that is set while a call ends counts what it has cost, not what it might have', async () => {
  const id = await start(1)
  const [task] = await claimed(id, 1)
  const ledger = ledgerOf(task!)
  const call = await begin(task!)
  let settled = Promise.resolve()
  await tested.act(async (ctx) => {
    await setBatchBudget(ctx, id, { capMicros: 50_000 })
    settled = ledger.settle(call, ANSWERED)
    await Promise.race([settled, somebodyWaits()])
  })
  await settled
  expect(await budget(id)).toMatchObject({ spentMicros: COST, reservedMicros: 0 })
})

test('a call that does not fit is not made and leaves nothing behind', async () => {
  const id = await start(2, { capMicros: String(MOST + MOST - 1) })
  const [first, second] = await claimed(id, 2)
  await begin(first!)
  await expect(begin(second!)).rejects.toMatchObject({ neededMicros: MOST, model: 'gold' })
  expect(await tested.history(second!.id)).toEqual(['1 submitted'])
  expect(await query('select from calls where task_id = $1', [second!.id])).toEqual([])
  expect(await budget(id)).toMatchObject({ reservedMicros: MOST })
})

test('F46 of twenty calls at once as many are made as fit together, whatever their order', async () => {
  const id = await start(20, { capMicros: String(7 * MOST + 500) })
  const tasks = await claimed(id, 20)
  const made = await Promise.all(tasks.map(tries))
  expect(made.filter(Boolean)).toHaveLength(7)
  expect(await budget(id)).toMatchObject({ spentMicros: 0, reservedMicros: 7 * MOST })
})

test('several calls of one task begin at once: each is numbered, none is counted twice', async () => {
  const id = await start(1, { capMicros: String(3 * MOST) })
  const [task] = await claimed(id, 1)
  const made = await Promise.all([1, 2, 3, 4, 5].map(() => tries(task!)))
  expect(made.filter(Boolean)).toHaveLength(3)
  expect(await tested.history(task!.id)).toEqual(['1 submitted', '2 called', '3 called', '4 called'])
})

test('of a call whose end nobody knows all that was set aside counts as spent, until the truth comes', async () => {
  const id = await start(1, { capMicros: '50000' })
  const [task] = await claimed(id, 1)
  const call = await begin(task!)
  await ledgerOf(task!).settle(call, { state: 'unknown' })
  expect(await budget(id)).toMatchObject({ spentMicros: MOST, reservedMicros: 0, assumedMicros: MOST })
  await ledgerOf(task!).settle(call, ANSWERED)
  expect(await budget(id)).toMatchObject({ spentMicros: COST, assumedMicros: 0 })
})

test('a call that the provider refused costs nothing and gives everything back', async () => {
  const id = await start(1, { capMicros: '50000' })
  const [task] = await claimed(id, 1)
  await ledgerOf(task!).settle(await begin(task!), { state: 'failed' })
  expect(await budget(id)).toMatchObject({ spentMicros: 0, reservedMicros: 0 })
})

test('a price that is added while a call is under way does not change what the call was let in for', async () => {
  await price('silver', 1, 10)
  const id = await start(1, { capMicros: '50000' })
  const [task] = await claimed(id, 1)
  const call = await begin(task!, { model: 'silver' })
  await price('silver', 100, 1_000)
  await ledgerOf(task!).settle(call, ANSWERED)
  expect(await budget(id)).toMatchObject({ spentMicros: COST })
  await expect(begin(task!, { model: 'silver' })).rejects.toMatchObject({ neededMicros: 100 * MOST })
})

test('as many of the waiting tasks go on as fit into what was given back; the others wait', async () => {
  const id = await start(5, { capMicros: String(3 * MOST) })
  const [runs, ...waiting] = await claimed(id, 5)
  const calls = [await begin(runs!), await begin(runs!), await begin(runs!)]
  for (const task of waiting) await block(task, MOST)
  expect((await tested.act((ctx) => getBatch(ctx, id))).status).toBe('in_progress')
  expect(await release()).toBe(0)
  for (const call of calls) await ledgerOf(runs!).settle(call, ANSWERED)
  expect(await release()).toBe(2)
  expect(await budget(id)).toMatchObject({ waiting: 2, neededMicros: MOST })
  expect(await tested.history(waiting[0]!.id)).toEqual(['1 submitted', '2 blocked', '3 unblocked'])
  expect(await tested.ticket(waiting[0]!.id)).toBe('created')
})

test('a batch that has reached its budget says so, and goes on once the cap is raised; lowered, nothing starts', async () => {
  const id = await start(2, { capMicros: String(MOST) })
  const [first, second] = await claimed(id, 2)
  const call = await begin(first!)
  await cap(id, 100)
  await expect(begin(first!)).rejects.toThrow(OverBudget)
  await ledgerOf(first!).settle(call, { state: 'unknown' })
  await query(`update tasks set status = 'completed', process_id = null, finished_at = now() where id = $1`, [
    first!.id,
  ])
  await block(second!, MOST)
  expect(await release()).toBe(0)
  expect(await tested.act((ctx) => getBatch(ctx, id))).toMatchObject({
    status: 'budget_reached',
    budget: { capMicros: 100, spentMicros: MOST, waiting: 1, neededMicros: MOST },
  })
  await cap(id, 2 * MOST)
  expect(await release()).toBe(1)
  expect((await tested.act((ctx) => getBatch(ctx, id))).status).toBe('in_progress')
})

test('tasks of a paused batch wait on, whatever its budget', async () => {
  const id = await start(1, { capMicros: '1' })
  const [task] = await claimed(id, 1)
  await block(task!, MOST)
  await tested.act((ctx) => pauseBatch(ctx, id))
  await cap(id, null)
  expect(await release()).toBe(0)
})

test('a cap that a running batch is given later holds what it has spent and what is under way', async () => {
  const id = await start(4)
  const [first, second, third] = await claimed(id, 3)
  await ledgerOf(first!).settle(await begin(first!), ANSWERED)
  const open = await begin(second!)
  expect(await budget(id)).toBeNull()
  await cap(id, COST + MOST + 1)
  expect(await budget(id)).toMatchObject({ spentMicros: COST, reservedMicros: MOST })
  await expect(begin(third!)).rejects.toThrow(OverBudget)
  await ledgerOf(second!).settle(open, ANSWERED)
  expect(await budget(id)).toMatchObject({ spentMicros: 2 * COST, reservedMicros: 0 })
})

test('every task of every run counts against the budget of its batch, and a run waits for it', async () => {
  const id = await start(2, { workflow: 'complete-analysis', capMicros: String(4 * MOST) })
  const tasks = await claimed(id, 20)
  expect(tasks.length).toBeGreaterThan(8)
  const made = await Promise.all(tasks.map(tries))
  expect(made.filter(Boolean)).toHaveLength(4)
  expect(await budget(id)).toMatchObject({ reservedMicros: 4 * MOST })
})

test('a model without a price is not called under a cap, unless somebody gave their word', async () => {
  const id = await start(1, { capMicros: '50000' })
  const [task] = await claimed(id, 1)
  await expect(begin(task!, { model: 'unknown-1' })).rejects.toMatchObject({ neededMicros: null })
  await block(task!, null, 'unknown-1')
  expect(await budget(id)).toMatchObject({ waiting: 1, neededMicros: null, unpricedModels: ['unknown-1'] })
  expect(await release()).toBe(0)
  await cap(id, 50_000, true)
  expect(await release()).toBe(1)
  const [again] = await claimed(id, 1)
  await ledgerOf(again!).settle(await begin(again!, { model: 'unknown-1' }), ANSWERED)
  expect(await budget(id)).toMatchObject({ spentMicros: 0, reservedMicros: 0, unpriced: true })
})

test('a task that waits for a price goes on once there is one', async () => {
  const id = await start(1, { capMicros: '50000' })
  const [task] = await claimed(id, 1)
  await block(task!, null, 'unknown-2')
  expect(await release()).toBe(0)
  await price('unknown-2', 1, 1)
  expect(await release()).toBe(1)
})

test('a cap over a connected model without a price asks for a word first', async () => {
  await query(`insert into worker_processes (host, pid, version, node_version, model_on, model, endpoint_host) values
    ('a', 1, '1', '24', true, 'unknown-3', 'h')`)
  await expect(start(1, { capMicros: '50000' })).rejects.toMatchObject({
    issues: [{ path: 'unpriced', message: expect.stringContaining('unknown-3 has no price') }],
  })
  await start(1, { capMicros: '50000', unpriced: 'true' })
  await start(1, { capMicros: '50000', engine: 'rules' })
  await start(1)
  await query(`update worker_processes set model = 'gold'`)
  await start(1, { capMicros: '50000' })
})

test('a budget is its workspace’s alone, and a viewer cannot change it', async () => {
  const other = await tested.database.workspace()
  const id = await start(1, { capMicros: '50000' })
  await expect(tested.act((ctx) => setBatchBudget(ctx, id, { capMicros: 1 }), { workspace: other })).rejects.toThrow(
    /not found|no such/i,
  )
  await expect(
    tested.act((ctx) => setBatchBudget(ctx, id, { capMicros: 1 }), { access: { role: 'viewer', operator: false } }),
  ).rejects.toThrow(/may not|viewer/i)
  await expect(cap(id, -5)).rejects.toThrow(/starts nothing/)
  expect(await budget(id)).toMatchObject({ capMicros: 50_000 })
})
