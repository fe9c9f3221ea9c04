import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { cancelTask } from '#lib/tasks/cancel.ts'
import { getTask } from '#lib/tasks/queries.ts'
import { setSlots } from '#lib/pools/set-slots.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import type { WorkerProcess } from './process.ts'
import { playing, until, worker } from './test-worker.ts'

let tested: Tested
const started: WorkerProcess[] = []

beforeAll(async () => {
  tested = await testWorkspace()
})
afterEach(async () => {
  await Promise.all(started.splice(0).map((process) => process.stop()))
})
afterAll(() => tested.drop())

const start = async (...args: Parameters<typeof worker> extends [unknown, ...infer Rest] ? Rest : never) => {
  const process = await worker(tested.database, ...args)
  started.push(process)
  return process
}
const get = (id: string) => tested.act((ctx) => getTask(ctx, id))
const ended = (id: string) => until(async () => ((await get(id)).finishedAt ? get(id) : null))
const query = async (text: string, values: unknown[] = []) => (await tested.database.admin.query(text, values)).rows

test('a submitted task starts at once and ends with result, attempt and gapless events', async () => {
  await start(playing((task) => ({ length: task.text.length })))
  const { id } = await tested.submit({ input: { text: 'Twelve chars' } })
  const task = await ended(id)
  expect(task).toMatchObject({ status: 'completed', result: { length: 12 }, attemptsUsed: 1, epoch: 1, seq: 3 })
  expect(task.attempts).toMatchObject([{ epoch: 1, outcome: 'completed', engine: 'rules' }])
  expect(task.events.map((event) => `${event.seq} ${event.type}`)).toEqual(['1 submitted', '2 started', '3 completed'])
  expect(task.waitedMs).toBeLessThan(2_000)
  expect(await tested.ticket(id)).toBe('completed')
})

test('one process serves all workspaces and no more tasks at once than there are slots', async () => {
  await tested.act((ctx) => setSlots(ctx, 'summarizer', 3))
  const other = await tested.database.workspace()
  const ids = await Promise.all(
    Array.from({ length: 9 }, (_, n) => tested.submit({}, n % 2 ? other : tested.workspace).then((task) => task.id)),
  )
  let now = 0
  let most = 0
  await start(
    playing(async () => {
      most = Math.max(most, ++now)
      await until(() => most >= 3)
      now -= 1
    }),
  )
  await until(
    async () => (await query(`select from tasks where id = any($1) and status = 'completed'`, [ids])).length === 9,
  )
  expect(most).toBe(3)
})

test('changed slots take effect at once, also for tasks that wait already', async () => {
  await tested.act((ctx) => setSlots(ctx, 'summarizer', 0))
  const running: (() => void)[] = []
  await start(playing(() => new Promise<void>((resolve) => running.push(resolve))))
  const ids = [await tested.submit(), await tested.submit(), await tested.submit()].map((task) => task.id)
  expect((await get(ids[0] as string)).queue?.why).toMatch(/no slots/)
  await tested.act((ctx) => setSlots(ctx, 'summarizer', 2))
  await until(() => running.length === 2)
  await tested.act((ctx) => setSlots(ctx, 'summarizer', 3))
  await until(() => running.length === 3)
  running.forEach((finish) => finish())
  for (const id of ids) expect(await ended(id)).toMatchObject({ status: 'completed' })
  await tested.act((ctx) => setSlots(ctx, 'summarizer', 1))
})

test('changed slots are found also when the word of the change is lost', async () => {
  await tested.act((ctx) => setSlots(ctx, 'summarizer', 0))
  await start(playing(() => ({})))
  const { id } = await tested.submit()
  await query(`update worker_pools set slots = 1 where worker = 'summarizer'`)
  expect(await ended(id)).toMatchObject({ status: 'completed' })
})

describe('F31 a cancelled task', () => {
  test('is aborted while it runs, and its late result changes nothing', async () => {
    let abortedAt = 0
    await start(
      playing(
        (_, signal) =>
          new Promise((resolve) =>
            signal.addEventListener('abort', () => {
              abortedAt = performance.now()
              resolve({ late: true })
            }),
          ),
      ),
    )
    const { id } = await tested.submit()
    await until(async () => (await get(id)).status === 'in_progress')
    const cancelledAt = performance.now()
    await tested.act((ctx) => cancelTask(ctx, id))
    await until(() => abortedAt > 0)
    expect(abortedAt - cancelledAt).toBeLessThan(2_000)
    expect(await get(id)).toMatchObject({ status: 'cancelled', result: null, attempts: [{ outcome: 'cancelled' }] })
    expect(await tested.history(id)).toEqual(['1 submitted', '2 started', '3 cancelled'])
  })

  test('never starts when it is cancelled while it waits', async () => {
    const { id } = await tested.submit()
    await tested.act((ctx) => cancelTask(ctx, id))
    const seen: string[] = []
    await start(playing((task) => void seen.push(task.id)))
    const next = await tested.submit()
    await ended(next.id)
    expect(seen).not.toContain(id)
  })
})

test('a batch with refused results and lost claims keeps all its other tasks', async () => {
  const count = 60
  await tested.act((ctx) => setSlots(ctx, 'summarizer', 100))
  let release: () => void = () => {}
  const gate = new Promise<void>((resolve) => (release = resolve))
  await start(
    playing(async (task) => {
      await gate
      return task.text.includes('bad') ? { text: 'a\0b' } : { ok: true }
    }),
    { timing: { reconcileMs: 60_000 } },
  )
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) ids.push((await tested.submit({ input: { text: n % 20 ? 'good' : 'bad' } })).id)
  await until(
    async () =>
      (await query(`select from tasks where id = any($1) and status = 'in_progress'`, [ids])).length === count,
  )
  await query(`update tasks set process_id = process_id + 1000 where id = $1`, [ids[1]])
  await query(`update tasks set epoch = epoch + 1 where id = $1`, [ids[2]])
  release()
  await until(
    async () =>
      (await query(`select from tasks where id = any($1) and status in ('completed', 'failed')`, [ids])).length ===
      count - 2,
  )
  const rows = await query('select status, error, count(*)::int as n from tasks where id = any($1) group by 1, 2', [
    ids,
  ])
  expect(rows.find((row) => row.status === 'completed').n).toBe(count - 2 - 3)
  expect(rows.find((row) => row.status === 'failed')).toMatchObject({ n: 3, error: { code: 'result_not_storable' } })
  // The tickets of tasks that were someone else's did not settle.
  expect(await tested.ticket(ids[2] as string)).toBe('active')
})
