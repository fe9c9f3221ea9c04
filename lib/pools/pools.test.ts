import { afterAll, beforeAll, expect, test } from 'vitest'
import { Forbidden, InvalidInput, NotFound } from '#lib/errors.ts'
import { getTask } from '#lib/tasks/queries.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { ALL_WORKERS } from '#lib/workers/registry.ts'
import { slotsSummary, workersOverview, workerTimes } from './queries.ts'
import { setSlots } from './set-slots.ts'

let tested: Tested
beforeAll(async () => {
  tested = await testWorkspace()
})
afterAll(() => tested.drop())

const query = (text: string, values: unknown[] = []) => tested.database.admin.query(text, values)
const overview = () => tested.act(workersOverview)

test('without a process nothing is alive, and every worker shows its default slots', async () => {
  const { alive, pools, processes } = await overview()
  expect({ alive, processes }).toEqual({ alive: false, processes: [] })
  expect(pools.map((pool) => [pool.worker, pool.slotsPerProcess, pool.slots])).toEqual(
    ALL_WORKERS.map((worker) => [worker.name, worker.slots, 0]),
  )
})

test('processes, slots, depth and today add up', async () => {
  await query(`insert into worker_processes (host, pid, version, node_version, model_on, model, endpoint_host, load) values
    ('a', 1, '1', 'v24', true, 'm', 'h', '{"summarizer":{"slots":1,"busy":1}}'), ('b', 2, '1', 'v24', false, null, null, '{}')`)
  await query(
    `insert into worker_processes (host, pid, version, node_version, stopped_at) values ('c', 3, '1', 'v24', now())`,
  )
  await query(`insert into worker_processes (host, pid, version, node_version, heartbeat_at)
    values ('d', 4, '1', 'v24', now() - interval '1 minute')`)
  const { id } = await tested.submit({ worker: 'summarizer' })
  await tested.submit({ worker: 'summarizer' }, await tested.database.workspace())
  const done = await tested.submit({ worker: 'translator' })
  await query(
    `update tasks set status = 'completed', started_at = now() - interval '2 s', finished_at = now() where id = $1`,
    [done.id],
  )
  await query(`update pgboss.job set state = 'active' where id = $1`, [done.id])
  const lost = await tested.submit({ worker: 'question-generator' })
  await query(`update tasks set status = 'failed', started_at = now(), finished_at = now() where id = $1`, [lost.id])
  const { alive, model, pools, processes } = await overview()
  expect({ alive, model }).toEqual({ alive: true, model: { name: 'm', endpointHost: 'h' } })
  expect(processes.map((process) => process.state).sort()).toEqual(['live', 'live', 'silent', 'stopped'])
  const pool = (name: string) => pools.find((candidate) => candidate.worker === name)
  expect(pool('summarizer')).toMatchObject({ processes: 2, slots: 2, busy: 0, free: 2, depth: 2, depthHere: 1 })
  expect(pool('translator')).toMatchObject({
    busy: 1,
    depth: 0,
    today: { completed: 1, failed: 0, failedFrom: null, averageMs: 2000 },
  })
  expect(pool('question-generator')?.today).toMatchObject({ completed: 0, failed: 1, failedFrom: lost.createdAt })
  expect(await tested.act(slotsSummary)).toMatchObject({ processes: 2, waiting: 3, busy: 1, alive: true })
  const times = (await tested.act(workerTimes)).find((entry) => entry.worker === 'translator')
  expect(times).toMatchObject({ samples: 1, medianMs: 2000, startsInMs: 0, noWorker: false })
  expect((await tested.act((ctx) => getTask(ctx, id))).queue).toMatchObject({ position: 1, ahead: 0, etaMs: 0 })
})

test('an operator changes slots and every process is told', async () => {
  const client = await tested.database.admin.connect()
  const told = new Promise((resolve) => client.once('notification', (message) => resolve(message.channel)))
  await client.query('listen baton_pools')
  await tested.act((ctx) => setSlots(ctx, 'summarizer', 7))
  expect(await told).toBe('baton_pools')
  client.release(true)
  expect((await overview()).pools.find((pool) => pool.worker === 'summarizer')?.slotsPerProcess).toBe(7)
})

test('slots are refused to others, for unknown workers and out of range', async () => {
  const as = (role: 'owner' | 'viewer') => ({ access: { role, operator: false } })
  await expect(tested.act((ctx) => setSlots(ctx, 'summarizer', 1), as('owner'))).rejects.toThrow(Forbidden)
  await expect(tested.act((ctx) => setSlots(ctx, 'barista', 1))).rejects.toThrow(NotFound)
  for (const slots of [-1, 257, 1.5])
    await expect(tested.act((ctx) => setSlots(ctx, 'summarizer', slots))).rejects.toThrow(InvalidInput)
})
