import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { readSending } from './sending.ts'
import { openWire, type Wire } from './wire.ts'

let tested: Tested
let wire: Wire
beforeAll(async () => {
  tested = await testWorkspace()
  wire = openWire({ url: tested.database.url, role: 'baton_worker', name: 'test' })
})
beforeEach(() => tested.database.admin.query('truncate tasks cascade; truncate pgboss.job'))
afterAll(async () => {
  await wire.close()
  await tested.drop()
})

const query = async (text: string, values: unknown[] = []) => (await tested.database.admin.query(text, values)).rows
const claim = (size = 4) => tested.queue.claim(wire, { queue: 'summarizer', processId: 7, size, modelOn: false })
const submit = async () => (await tested.submit()).id

test('a claim starts the tasks of the tickets it finds, with attempt and event, in one statement', async () => {
  const ids = [await submit(), await submit(), await submit()]
  const { tasks, found } = await claim(2)
  expect(found).toBe(2)
  expect(tasks).toMatchObject(
    ids.slice(0, 2).map((id) => ({ id, epoch: 1, processId: 7, retryCount: 0, text: 'A short text.' })),
  )
  expect(await tested.history(ids[0] as string)).toEqual(['1 submitted', '2 started'])
  expect(await query('select epoch, process_id from attempts')).toEqual(Array(2).fill({ epoch: 1, process_id: 7 }))
  expect(await Promise.all(ids.map(tested.ticket))).toEqual(['active', 'active', 'created'])
  expect(await claim()).toMatchObject({ found: 1, tasks: [{ id: ids[2] }] })
  expect(await claim()).toEqual({ found: 0, tasks: [] })
})

test('a ticket that came back has the number of its delivery', async () => {
  const id = await submit()
  const [first] = (await claim()).tasks
  if (!first) throw new Error('nothing was claimed')
  await tested.queue.settle(wire, [
    { task: first, ending: { status: 'pending', outcome: 'lost', event: 'requeued', counted: false } },
  ])
  expect((await claim()).tasks).toMatchObject([{ id, epoch: 2, retryCount: 1 }])
})

test('a ticket whose task does not wait any more ends, and its neighbours start', async () => {
  const ids = [await submit(), await submit(), await submit()]
  await query(`update tasks set status = 'cancelled', finished_at = now() where id = $1`, [ids[1]])
  const { tasks, found } = await claim()
  expect(found).toBe(3)
  expect(tasks.map(({ id }) => id).toSorted()).toEqual([ids[0], ids[2]])
  expect(await Promise.all(ids.map(tested.ticket))).toEqual(['active', 'completed', 'active'])
})

test('a ticket alone whose task is gone ends', async () => {
  const id = await submit()
  await query(`update tasks set status = 'cancelled', finished_at = now() where id = $1`, [id])
  expect(await claim()).toEqual({ found: 1, tasks: [] })
  expect(await tested.ticket(id)).toBe('completed')
})

test('a task that somebody holds is passed by without waiting, and its ticket waits on', async () => {
  const ids = [await submit(), await submit()]
  const holder = await tested.database.admin.connect()
  await holder.query('begin')
  await holder.query('select from tasks where id = $1 for update', [ids[0]])
  expect((await claim()).tasks).toMatchObject([{ id: ids[1] }])
  expect(await Promise.all(ids.map(tested.ticket))).toEqual(['retry', 'active'])
  await holder.query('rollback')
  holder.release()
  expect((await claim()).tasks).toMatchObject([{ id: ids[0] }])
})

test('a statement of pg-boss that has another form is not built upon', async () => {
  const boss = new PgBoss({ db: { executeSql: () => Promise.resolve({ rows: [] }) }, schema: 'other' })
  boss.insert = (_, __, options) => options?.db?.executeSql('insert into job', []).then(() => null) as never
  await expect(readSending(boss, 'summarizer')).rejects.toThrow('another form')
})
