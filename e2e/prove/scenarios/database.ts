// Postgres that stops, cuts, stalls or is overrun, and a web process that dies in the middle of a request.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { until } from '../../stack.ts'
import { type Answer, becomes, call, count, pause, type Scenario, submit, type World } from '../world.ts'

export const DATABASE_SCENARIOS: Scenario[] = [
  { id: 'F6', title: 'a web process killed during a submission never makes two tasks of one key', run: webKilled },
  {
    id: 'F7',
    title: 'while Postgres is down the answer is 503 with Retry-After; afterwards all goes on',
    run: postgresStopped,
  },
  {
    id: 'F8',
    title: 'connections ended at random end no process, and requests get 2xx or 503',
    run: backendsTerminated,
  },
  {
    id: 'F9',
    title: 'a COMMIT that never arrived leaves nothing; one whose reply was lost is found by its key',
    run: commitBroken,
  },
  { id: 'F10', title: 'a half-open connection frees its pool, and listening starts again', run: halfOpen },
  { id: 'F11', title: 'an exhausted pool answers 503 within 5 seconds, and liveness stays green', run: poolExhausted },
]

const body = () => ({ worker: 'summarizer', input: { text: `Note ${randomUUID()}. A parcel arrived late.` } })

async function webKilled(world: World): Promise<void> {
  const { stack, client } = world
  const sent = body()
  const key = randomUUID()
  stack.proxy.stall()
  const first = call(client, 'POST', '/tasks', { body: sent, key }).catch(() => null)
  await pause(100)
  await stack.killWeb()
  stack.proxy.resume()
  assert.equal(await first, null, 'the client had an answer before the kill')
  await stack.startWeb()
  const ids = new Set<unknown>()
  for (let tries = 0; tries < 3; tries += 1)
    await until(
      async () => {
        const answer = await call(client, 'POST', '/tasks', { body: sent, key })
        if (answer.status === 201) ids.add(answer.body['id'])
        return answer.status === 201
      },
      30_000,
      'the submission to be answered',
    )
  assert.equal(ids.size, 1)
  assert.equal(await tasksOf(world), 1)
}

async function postgresStopped(world: World): Promise<void> {
  const { stack, client, scale } = world
  const before = await submit(world)
  await stack.stopPostgres('immediate')
  const refused = await call(client, 'POST', '/tasks', { body: body() })
  assertUnavailable(refused)
  assert.equal((await fetch(`${client.baseUrl}/api/ready`)).status, 503)
  assert.equal((await fetch(`${client.baseUrl}/api/health`)).status, 200)
  await pause(5_000 / scale)
  await stack.startPostgres()
  await until(
    async () => (await call(client, 'POST', '/tasks', { body: body() })).status === 201,
    30_000,
    'submissions to work again',
  )
  await stack.ready(30_000)
  await becomes(world, before, 'completed')
}

async function backendsTerminated(world: World): Promise<void> {
  const { stack, client, scale } = world
  const children = [...stack.workers, stack.web()].filter((child) => child !== undefined)
  const statuses = new Map<number, number>()
  const accepted: string[] = []
  const end = Date.now() + 60_000 / scale
  const storm = (async () => {
    while (Date.now() < end) {
      await stack.terminateBackends(0.3)
      await pause(200)
    }
  })()
  const load = Array.from({ length: 3 }, async () => {
    while (Date.now() < end) {
      const answer = await call(client, 'POST', '/tasks', { body: body() })
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      if (answer.status === 201) accepted.push(String(answer.body['id']))
      await pause(20)
    }
  })
  await Promise.all([storm, ...load])
  assert.deepEqual(
    [...statuses.keys()].filter((status) => status !== 201 && status !== 503),
    [],
  )
  assert.ok(accepted.length > 5, `only ${accepted.length} accepted`)
  await stack.ready(30_000)
  for (const { process, log } of children) assert.equal(process.exitCode ?? process.signalCode, null, `${log} ended`)
  for (const id of accepted) await becomes(world, id, 'completed', 60_000)
}

async function commitBroken(world: World): Promise<void> {
  const { stack, client } = world
  await freshConnections(world)
  const lost = stack.proxy.breakCommit('before', 'insert into tasks')
  const first = body()
  const key = randomUUID()
  assertUnavailable(await call(client, 'POST', '/tasks', { body: first, key }))
  await lost
  assert.equal(await tasksOf(world), 0)
  assert.equal((await call(client, 'POST', '/tasks', { body: first, key })).status, 201)

  await freshConnections(world)
  const unseen = stack.proxy.breakCommit('after', 'insert into tasks')
  const second = body()
  const otherKey = randomUUID()
  assertUnavailable(await call(client, 'POST', '/tasks', { body: second, key: otherKey }))
  await unseen
  await until(async () => (await tasksOf(world)) === 2, 5_000, 'the unseen commit')
  const found = await call(client, 'POST', '/tasks', { body: second, key: otherKey })
  assert.equal(found.headers.get('idempotent-replayed'), 'true')
  assert.equal(await tasksOf(world), 2)
}

async function freshConnections({ stack, client }: World): Promise<void> {
  stack.proxy.cut()
  await until(async () => (await call(client, 'GET', '/tasks')).status === 200, 10_000, 'new connections')
}

async function halfOpen(world: World): Promise<void> {
  const { stack, client, scale } = world
  const before = await leaseOf(world)
  const from = Date.now()
  stack.proxy.stall()
  const stuck = await call(client, 'POST', '/tasks', { body: body(), timeoutMs: 30_000 })
  assertUnavailable(stuck)
  await pause(60_000 / Math.min(scale, 4) - (Date.now() - from))
  // The network is back, but what was sent into the old connections is lost, and no reset ever came.
  stack.proxy.forget()
  stack.proxy.resume()
  const resumed = Date.now()
  await until(
    async () => (await call(client, 'POST', '/tasks', { body: body() })).status === 201,
    30_000,
    'the pool to be free of dead connections',
  )
  // Postgres holds the old leases as long as it does not know that their connections are dead: being ready says nothing.
  const renewed = async () => (await leaseOf(world)) > before
  await until(renewed, 30_000, 'every process to give up the lease of a connection that nothing passes on')
  await stack.ready(30_000)
  // Each connection finds out when it is used next: the one that writes results only now.
  await becomes(world, await submit(world), 'completed', 30_000)
  assert.ok(Date.now() - resumed < 30_000, 'the whole way was not free again within 30 s')
}

/** The smallest number among the leases that are held. */
async function leaseOf(world: World): Promise<number> {
  return count(world, 'select min(id) as n from worker_processes where stopped_at is null and lost_at is null', [])
}

async function poolExhausted(world: World): Promise<void> {
  const { stack, client } = world
  const lock = await stack.admin().connect()
  await lock.query('begin; lock table tasks in access exclusive mode')
  try {
    const storm = Array.from({ length: 40 }, () => call(client, 'POST', '/tasks', { body: body() }))
    const health = await fetch(`${client.baseUrl}/api/health`)
    assert.equal(health.status, 200)
    for (const answer of await Promise.all(storm)) {
      assertUnavailable(answer)
      assert.ok(answer.tookMs <= 5_000, `an answer took ${Math.round(answer.tookMs)} ms`)
    }
  } finally {
    await lock.query('rollback')
    lock.release()
  }
  const id = await submit(world)
  await becomes(world, id, 'completed')
}

function assertUnavailable({ status, headers, body: problem }: Answer): void {
  assert.equal(status, 503, JSON.stringify(problem))
  assert.ok(Number(headers.get('retry-after')) > 0, 'Retry-After is missing')
  assert.equal(headers.get('content-type')?.split(';')[0], 'application/problem+json')
  assert.doesNotMatch(JSON.stringify(problem), /\\n\s+at /, 'the answer shows a stack')
}

function tasksOf(world: World): Promise<number> {
  return count(world, 'select count(*) as n from tasks where workspace_id = $1', [world.client.workspaceId])
}
