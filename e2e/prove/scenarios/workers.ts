// Worker processes that die, freeze or are asked to stop.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { until } from '../../stack.ts'
import {
  becomes,
  call,
  count,
  holder,
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
  { id: 'F5', title: 'a frozen worker is overtaken, and what it writes afterwards changes nothing', run: zombie },
  { id: 'F27', title: 'a task whose ticket was deleted gets another', run: deletedTicket },
  { id: 'F28', title: 'a task that fails for good keeps its attempts, and a retry adds the next', run: exhausted },
  {
    id: 'F29',
    title: 'a task that takes its process down is set aside after four deaths; its neighbours finish',
    run: poison,
  },
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

async function zombie(world: World): Promise<void> {
  const { stack } = world
  const mark = randomUUID()
  stack.scriptModel({ when: mark, delayMs: 1_500 })
  const id = await submit(world, { mark })
  await until(async () => providerCalls(world, mark) === 1, 10_000, 'the call to begin')
  const index = await holder(world, id)
  stack.signalWorker(index, 'SIGSTOP')
  const overtaken = await becomes(world, id, 'completed', 60_000)
  stack.signalWorker(index, 'SIGCONT')
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
  const mark = randomUUID()
  world.stack.scriptModel(
    { when: mark, times: 5, malformed: 'not_json' },
    { when: mark, times: 5, malformed: 'not_json' },
  )
  const id = await submit(world, { mark })
  const failed = await becomes(world, id, 'failed', 120_000)
  assert.ok(failed.error?.code, 'a failed task says why')
  const attempts = await count(world, 'select count(*) as n from attempts where task_id = $1', [id])
  assert.ok(attempts >= 1 && failed.attempts_used <= 5)
  world.stack.model.reset()
  const answer = await call(world.client, 'POST', `/tasks/${id}/retry`, { body: {} })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  await becomes(world, id, 'completed')
  assert.equal(await count(world, 'select count(*) as n from attempts where task_id = $1', [id]), attempts + 1)
}

async function poison(world: World): Promise<void> {
  const { stack } = world
  const mark = randomUUID()
  stack.scriptModel({ when: mark, times: 0, stall: 'before_headers' })
  const id = await submit(world, { mark, worker: 'document-analyzer' })
  const neighbours = await Promise.all(Array.from({ length: 6 }, () => submit(world)))
  let kills = 0
  for (const end = Date.now() + 120_000; Date.now() < end;) {
    const { status } = await task(world, id)
    if (status === 'failed') break
    const index = status === 'in_progress' ? await holder(world, id) : -1
    if (index < 0) {
      await pause(50)
      continue
    }
    kills += 1
    await stack.killWorker(index, 'SIGKILL')
    await stack.startWorker(index)
  }
  assert.equal((await task(world, id)).status, 'failed')
  assert.ok(kills <= 4, `${kills} processes died for it`)
  for (const neighbour of neighbours) await becomes(world, neighbour, 'completed')
}

/** Runs with the first worker as the only one, and brings the others back. */
async function alone({ stack }: World, work: (index: number) => Promise<void>): Promise<void> {
  const others = stack.workers.map((_, index) => index).slice(1)
  for (const index of others) await stack.killWorker(index, 'SIGTERM')
  try {
    await work(0)
  } finally {
    for (const index of others) await stack.startWorker(index)
    await stack.ready()
  }
}
