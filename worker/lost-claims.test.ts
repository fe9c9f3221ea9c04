import { afterEach, beforeEach, expect, test } from 'vitest'
import { setSlots } from '#lib/pools/set-slots.ts'
import { getTask } from '#lib/tasks/queries.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { openPgProxy, type PgProxy } from '../e2e/prove/pg-proxy.ts'
import type { WorkerProcess } from './process.ts'
import { playing, until, worker } from './test-worker.ts'

let tested: Tested
let proxy: PgProxy
let url: string
let process: WorkerProcess | undefined

beforeEach(async () => {
  tested = await testWorkspace()
  const address = new URL(tested.database.url)
  proxy = await openPgProxy({ host: address.hostname, port: Number(address.port) })
  address.port = String(proxy.port)
  url = address.href
})
afterEach(async () => {
  await process?.stop()
  process = undefined
  await proxy.close()
  await tested.drop()
})

const query = async (text: string, values: unknown[] = []) => (await tested.database.admin.query(text, values)).rows
const get = (id: string) => tested.act((ctx) => getTask(ctx, id))
const completed = (id: string) => until(async () => ((await get(id)).status === 'completed' ? get(id) : null))

test('F8 tasks whose claim was committed without its reply go back to the queue and are completed', async () => {
  const { id } = await tested.submit()
  const lost = proxy.loseReply(`name = 'summarizer'`)
  process = await worker(
    tested.database,
    playing(() => ({})),
    { url, timing: { reconcileMs: 60_000 } },
  )
  const before = process.processId()
  await lost
  const task = await completed(id)
  expect(task).toMatchObject({ epoch: 2, attemptsUsed: 1 })
  expect(task.attempts.map((attempt) => attempt.outcome)).toEqual(['lost', 'completed'])
  expect(task.events.map((event) => event.type)).toEqual(['submitted', 'started', 'requeued', 'started', 'completed'])
  expect(process.processId()).toBe(before)
  expect(await query('select suspicion from tasks')).toEqual([{ suspicion: 0 }])
})

test('a claim that was committed after its connection had been given up is found later', async () => {
  await tested.act((ctx) => setSlots(ctx, 'summarizer', 0))
  process = await worker(
    tested.database,
    playing(() => ({})),
  )
  const { id } = await tested.submit()
  await query(
    `with t as (update tasks set status = 'in_progress', epoch = 1, seq = 2, process_id = $1, started_at = now() where id = $2 returning *),
     j as (update pgboss.job set state = 'active' where id = $2),
     e as (insert into events (workspace_id, task_id, seq, type) select workspace_id, id, 2, 'started' from t)
     insert into attempts (workspace_id, task_id, epoch, process_id) select workspace_id, id, 1, $1 from t`,
    [process.processId(), id],
  )
  await tested.act((ctx) => setSlots(ctx, 'summarizer', 1))
  expect(await completed(id)).toMatchObject({ epoch: 2, attemptsUsed: 1 })
})

test('what is being claimed, runs or is being written is never taken for lost', async () => {
  await tested.act((ctx) => setSlots(ctx, 'summarizer', 16))
  process = await worker(
    tested.database,
    playing((task) => new Promise((resolve) => setTimeout(resolve, Number(task.text) % 7))),
    // Looks as often as it can.
    { timing: { reconcileMs: 1 } },
  )
  for (let n = 0; n < 300; n += 1) await tested.submit({ input: { text: String(n) } })
  await until(async () => (await query(`select from tasks where status = 'completed'`)).length === 300, 20_000)
  expect(await query(`select task_id from events where type = 'requeued'`)).toEqual([])
}, 30_000)
