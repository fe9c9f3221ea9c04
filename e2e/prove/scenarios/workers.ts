// Worker processes that die, freeze or are asked to stop.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { until } from '../../stack.ts'
import {
  alone,
  becomes,
  call,
  count,
  holder,
  logOf,
  pause,
  providerCalls,
  type Scenario,
  submit,
  task,
  type World,
} from '../world.ts'

export const WORKER_SCENARIOS: Scenario[] = [
  {
    id: 'F1',
    title: 'a worker killed before its request leaves costs one attempt and no call',
    run: killedBeforeRequest,
  },
  {
    id: 'F2',
    title: 'a worker killed after the answer leaves one unknown and one settled call, and one result',
    run: killedAfterAnswer,
  },
  { id: 'F3', title: 'a ticket that outlives its finished task runs nothing', run: ticketOfFinishedTask },
  { id: 'F4', title: 'a stopping worker takes nothing new, finishes its call and exits with 0', run: drains },
  {
    id: 'F4b',
    title: 'a worker told twice to stop hands its task back without burning an attempt',
    run: drainsInHurry,
  },
  {
    id: 'F4c',
    title: 'a stopping worker waits no longer than its patience, and then hands its task back in the same way',
    run: drainsNotForever,
  },
  { id: 'F5', title: 'a frozen worker is overtaken, and what it writes afterwards changes nothing', run: zombie },
  { id: 'F27', title: 'a task whose ticket was deleted gets another', run: deletedTicket },
  { id: 'F28', title: 'a task that fails for good keeps its attempts, and a retry adds the next', run: exhausted },
]

async function killedBeforeRequest(world: World): Promise<void> {
  const mark = randomUUID()
  const lock = await world.stack.admin().connect()
  await lock.query('begin; lock table calls in exclusive mode')
  const id = await submit(world, { mark })
  await becomes(world, id, 'in_progress')
  const index = await holder(world, id)
  await world.stack.killWorker(index, 'SIGKILL')
  await lock.query('rollback')
  lock.release()
  await world.stack.startWorker(index)
  await becomes(world, id, 'completed')
  assert.equal(providerCalls(world, mark), 1)
  assert.equal(await count(world, 'select count(*) as n from attempts where task_id = $1', [id]), 2)
}

async function killedAfterAnswer(world: World): Promise<void> {
  const mark = randomUUID()
  world.stack.scriptModel({ when: mark, delayMs: 400 })
  const id = await submit(world, { mark })
  await until(
    async () => (await count(world, 'select count(*) as n from calls where task_id = $1', [id])) === 1,
    10_000,
    'the intent row',
  )
  const lock = await world.stack.admin().connect()
  await lock.query('begin')
  await lock.query('select from calls where task_id = $1 for update', [id])
  await until(
    async () => world.stack.model.calls.some((c) => c.delivered && JSON.stringify(c.body).includes(mark)),
    10_000,
    'the answer',
  )
  const index = await holder(world, id)
  await world.stack.killWorker(index, 'SIGKILL')
  // What the process had sent already, the server would carry out once the row is free.
  await world.stack
    .admin()
    .query(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'baton' and wait_event_type = 'Lock'`,
    )
  await lock.query('rollback')
  lock.release()
  await world.stack.startWorker(index)
  await becomes(world, id, 'completed')
  assert.equal(providerCalls(world, mark), 2)
  const { rows } = await world.stack.admin().query('select state from calls where task_id = $1 order by state', [id])
  assert.deepEqual(
    rows.map(({ state }) => state),
    ['settled', 'unknown'],
  )
}

async function ticketOfFinishedTask(world: World): Promise<void> {
  const mark = randomUUID()
  const id = await submit(world, { mark })
  await becomes(world, id, 'completed')
  const before = await task(world, id)
  await world.stack
    .admin()
    .query(`update pgboss.job set state = 'created', completed_on = null, started_on = null where id = $1`, [id])
  await until(
    async () =>
      (await count(
        world,
        `select count(*) as n from pgboss.job where id = $1 and state in ('created', 'active', 'retry')`,
        [id],
      )) === 0,
    70_000,
    'the stray ticket to be dropped',
  )
  assert.deepEqual(await task(world, id), before)
  assert.equal(providerCalls(world, mark), 1)
}

async function drains(world: World): Promise<void> {
  const { stack, scale } = world
  await alone(world, async (index) => {
    const mark = randomUUID()
    stack.scriptModel({ when: mark, delayMs: 20_000 / scale })
    const running = await submit(world, { mark })
    await until(async () => providerCalls(world, mark) === 1, 10_000, 'the call to begin')
    const exit = stack.killWorker(index, 'SIGTERM')
    await pause(1_000)
    const later = await submit(world)
    assert.equal(await exit, 0)
    assert.equal((await task(world, running)).status, 'completed')
    assert.equal((await task(world, later)).status, 'pending')
    await stack.startWorker(index)
    await becomes(world, later, 'completed')
    assert.equal(providerCalls(world, mark), 1)
  })
}

async function drainsInHurry(world: World): Promise<void> {
  const { stack } = world
  await alone(world, async (index) => {
    const mark = randomUUID()
    stack.scriptModel({ when: mark, delayMs: 20_000 })
    const id = await submit(world, { mark })
    await until(async () => providerCalls(world, mark) === 1, 10_000, 'the call to begin')
    const exit = stack.killWorker(index, 'SIGTERM')
    await pause(300)
    stack.signalWorker(index, 'SIGTERM')
    assert.equal(await exit, 0)
    const handedBack = await task(world, id)
    assert.deepEqual([handedBack.status, handedBack.attempts_used], ['pending', 0])
    await stack.startWorker(index)
    assert.equal((await becomes(world, id, 'completed')).attempts_used, 1)
  })
}

async function drainsNotForever(world: World): Promise<void> {
  const { stack, scale } = world
  const patienceMs = 30_000 / Math.min(scale, 5)
  await alone(world, async (index) => {
    const mark = randomUUID()
    stack.scriptModel({ when: mark, delayMs: 3 * patienceMs })
    const id = await submit(world, { mark })
    await until(async () => providerCalls(world, mark) === 1, 10_000, 'the call to begin')
    const asked = Date.now()
    assert.equal(await stack.killWorker(index, 'SIGTERM'), 0)
    const waitedMs = Date.now() - asked
    assert.ok(waitedMs >= patienceMs && waitedMs < patienceMs + 6_000, `it waited ${waitedMs} ms`)
    const handedBack = await task(world, id)
    assert.deepEqual([handedBack.status, handedBack.attempts_used], ['pending', 0])
    await stack.startWorker(index)
    assert.equal((await becomes(world, id, 'completed')).attempts_used, 1)
  })
}

async function zombie(world: World): Promise<void> {
  const { stack, scale } = world
  const mark = randomUUID()
  stack.scriptModel({ when: mark, delayMs: 1_500 })
  const id = await submit(world, { mark })
  await until(async () => providerCalls(world, mark) === 1, 10_000, 'the call to begin')
  const index = await holder(world, id)
  const frozenAt = Date.now()
  stack.signalWorker(index, 'SIGSTOP')
  const overtaken = await becomes(world, id, 'completed', 60_000)
  assert.ok(overtaken.epoch > 1, 'it was not overtaken')
  await pause(Math.max(0, 40_000 / scale - (Date.now() - frozenAt)))
  stack.signalWorker(index, 'SIGCONT')
  const woken = stack.workers[index]
  assert.ok(woken)
  // Either the lost lease is noticed first, or the answer, which waited in the socket, is refused by its epoch.
  await until(async () => /stale_attempt task|lost its lease/.test(logOf(woken)), 10_000, 'the woken process to notice')
  assert.equal(woken.process.exitCode ?? woken.process.signalCode, null)
  await stack.ready()
  const other = await submit(world)
  await becomes(world, other, 'completed')
  await pause(1_000)
  assert.deepEqual(await task(world, id), overtaken)
  assert.equal(
    await count(world, `select count(*) as n from events where task_id = $1 and type = 'completed'`, [id]),
    1,
  )
}

async function deletedTicket(world: World): Promise<void> {
  await alone(world, async (index) => {
    world.stack.signalWorker(index, 'SIGSTOP')
    const id = await submit(world)
    await world.stack.admin().query('delete from pgboss.job where id = $1', [id])
    world.stack.signalWorker(index, 'SIGCONT')
    await becomes(world, id, 'completed', 65_000)
  })
}

async function exhausted(world: World): Promise<void> {
  const { client, stack } = world
  const mark = randomUUID()
  stack.scriptModel({ when: mark, times: 5, malformed: 'html' })
  const id = await submit(world, { mark })
  const failed = await becomes(world, id, 'failed', 180_000)
  assert.deepEqual([failed.attempts_used, failed.error?.code], [5, 'provider_bad_response'])
  const outcomes = async () =>
    (await stack.admin().query('select outcome from attempts where task_id = $1 order by epoch', [id])).rows.map(
      ({ outcome }) => String(outcome),
    )
  assert.deepEqual(await outcomes(), ['failed', 'failed', 'failed', 'failed', 'failed'])
  const waits = `select count(*) as n from events where task_id = $1 and type = 'retry_scheduled'`
  assert.equal(await count(world, waits, [id]), 4)
  const listed = await call(client, 'GET', '/tasks?status=failed')
  assert.deepEqual(
    (listed.body['items'] as { id: string }[]).map((item) => item.id),
    [id],
  )
  const answer = await call(client, 'POST', `/tasks/${id}/retry`, { body: {} })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  assert.equal((await becomes(world, id, 'completed')).epoch, 6)
  assert.deepEqual(await outcomes(), ['failed', 'failed', 'failed', 'failed', 'failed', 'completed'])
}
