// Callers that repeat themselves, change their mind, or meet a model that refuses.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import net from 'node:net'
import type { ApiClient } from '../../api-client.ts'
import { until } from '../../stack.ts'
import { becomes, call, count, providerCalls, type Scenario, submit, task, type World } from '../world.ts'

export const REQUEST_SCENARIOS: Scenario[] = [
  { id: 'F23', title: 'fifty parallel submissions with one key are one task', run: oneKey },
  { id: 'F24', title: 'a key with another body is refused, in another workspace it is another task', run: otherBody },
  { id: 'F25', title: 'a key that is none is refused with 400, and one of yesterday is new', run: keysThatAreNone },
  { id: 'F26', title: 'a refused request leaves its key free for the corrected one', run: corrected },
  { id: 'F31', title: 'cancelling works while waiting and while running, and is refused afterwards', run: cancels },
  { id: 'F39', title: 'a rate limit is waited out and costs no attempt', run: rateLimited },
  { id: 'F40', title: 'a refused key blocks the task instead of burning its attempts', run: keyRefused },
]

const body = (mark = randomUUID()) => ({
  worker: 'summarizer',
  input: { text: `Note ${mark}. A parcel arrived late.` },
})

async function oneKey(world: World): Promise<void> {
  const sent = body()
  const key = randomUUID()
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => call(world.client, 'POST', '/tasks', { body: sent, key })),
  )
  // Whoever came while the first was open, or waited too long for a connection, comes back.
  const final = await Promise.all(
    answers.map(async (first) => {
      let answer = first
      for (let tries = 0; tries < 20 && [409, 503].includes(answer.status); tries += 1) {
        assert.ok(Number(answer.headers.get('retry-after')) > 0, 'Retry-After is missing')
        answer = await call(world.client, 'POST', '/tasks', { body: sent, key })
      }
      return answer
    }),
  )
  assert.deepEqual([...new Set(final.map(({ status }) => status))], [201])
  assert.equal(new Set(final.map((answer) => JSON.stringify(answer.body))).size, 1)
  assert.ok(final.filter(({ headers }) => headers.get('idempotent-replayed') === 'true').length >= 49)
  assert.equal(await tasksOf(world), 1)
}

async function otherBody(world: World): Promise<void> {
  const key = randomUUID()
  const sent = body()
  assert.equal((await call(world.client, 'POST', '/tasks', { body: sent, key })).status, 201)
  assert.equal((await call(world.client, 'POST', '/tasks', { body: body(), key })).status, 422)
  const elsewhere = await world.stack.client('Elsewhere')
  const answer = await call(elsewhere, 'POST', '/tasks', { body: sent, key })
  assert.deepEqual([answer.status, answer.headers.get('idempotent-replayed')], [201, null])
}

async function keysThatAreNone(world: World): Promise<void> {
  const { client, stack } = world
  for (const key of ['', 'x'.repeat(256), 'a\tb'])
    assert.equal((await call(client, 'POST', '/tasks', { body: body(), key })).status, 400, JSON.stringify(key))
  assert.match(await sentRaw(client, 'a\u0001b'), /^HTTP\/1\.1 400 /)
  assert.equal(await tasksOf(world), 0)

  const key = 'x'.repeat(255)
  const sent = body()
  const first = await call(client, 'POST', '/tasks', { body: sent, key })
  const replayed = await call(client, 'POST', '/tasks', { body: sent, key })
  assert.deepEqual([first.status, replayed.body['id']], [201, first.body['id']])
  await stack
    .admin()
    .query(
      `update idempotency_keys set created_at = now() - interval '24 hours 1 second' where workspace_id = $1 and key = $2`,
      [client.workspaceId, key],
    )
  const nextDay = await call(client, 'POST', '/tasks', { body: sent, key })
  assert.deepEqual([nextDay.status, nextDay.headers.get('idempotent-replayed')], [201, null])
  assert.notEqual(nextDay.body['id'], first.body['id'])
  assert.equal(await tasksOf(world), 2)
}

async function corrected(world: World): Promise<void> {
  const key = randomUUID()
  const wrong = { worker: 'summarizer', input: { text: '' } }
  for (let tries = 0; tries < 2; tries += 1)
    assert.equal((await call(world.client, 'POST', '/tasks', { body: wrong, key })).status, 422)
  const right = body()
  const accepted = await call(world.client, 'POST', '/tasks', { body: right, key })
  assert.deepEqual([accepted.status, accepted.headers.get('idempotent-replayed')], [201, null])
  const again = await call(world.client, 'POST', '/tasks', { body: right, key })
  assert.deepEqual([again.body['id'], again.headers.get('idempotent-replayed')], [accepted.body['id'], 'true'])
  assert.equal(await tasksOf(world), 1)
}

/** A header that no client library sends. @returns the answer's first bytes */
async function sentRaw({ baseUrl, workspace, apiKey }: ApiClient, key: string): Promise<string> {
  const { hostname, port } = new URL(baseUrl)
  const text = JSON.stringify(body())
  const socket = net.connect(Number(port), hostname)
  socket.end(
    `POST /api/v1/workspaces/${workspace}/tasks HTTP/1.1\r\nhost: ${hostname}:${port}\r\nconnection: close\r\n` +
      `authorization: Bearer ${apiKey}\r\ncontent-type: application/json\r\nidempotency-key: ${key}\r\n` +
      `content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  )
  let answer = ''
  for await (const part of socket) answer += String(part)
  return answer
}

function tasksOf(world: World): Promise<number> {
  return count(world, 'select count(*) as n from tasks where workspace_id = $1', [world.client.workspaceId])
}

async function cancels(world: World): Promise<void> {
  const later = await call(world.client, 'POST', '/tasks', {
    body: { ...body(), notBefore: new Date(Date.now() + 3_600_000).toISOString() },
  })
  const waiting = String(later.body['id'])
  assert.equal((await call(world.client, 'POST', `/tasks/${waiting}/cancel`, { body: {} })).status, 200)
  assert.equal(await count(world, 'select count(*) as n from calls where task_id = $1', [waiting]), 0)

  const mark = randomUUID()
  world.stack.scriptModel({ when: mark, times: 0, delayMs: 30_000 })
  const running = await submit(world, { mark })
  await until(async () => providerCalls(world, mark) === 1, 10_000, 'the call to begin')
  assert.equal((await call(world.client, 'POST', `/tasks/${running}/cancel`, { body: {} })).status, 200)
  await until(
    async () => world.stack.model.calls.some((c) => c.endedAt && JSON.stringify(c.body).includes(mark)),
    2_000,
    'the call to be aborted',
  )
  await until(
    async () =>
      (await count(world, `select count(*) as n from calls where task_id = $1 and state <> 'sent'`, [running])) === 1,
    5_000,
    'the ledger to be kept',
  )
  const again = await call(world.client, 'POST', `/tasks/${running}/cancel`, { body: {} })
  assert.equal(again.status, 409)
  assert.equal((await task(world, running)).status, 'cancelled')
}

async function rateLimited(world: World): Promise<void> {
  const mark = randomUUID()
  world.stack.scriptModel({ when: mark, status: 429, headers: { 'retry-after': '2' } })
  const started = Date.now()
  const id = await submit(world, { mark })
  const done = await becomes(world, id, 'completed')
  assert.ok(Date.now() - started >= 2_000, 'it did not wait as long as it was told')
  assert.equal(done.attempts_used, 1)
}

async function keyRefused(world: World): Promise<void> {
  const mark = randomUUID()
  world.stack.scriptModel({
    when: mark,
    status: 401,
    error: { code: 'invalid_api_key', message: 'Incorrect API key provided' },
  })
  const id = await submit(world, { mark })
  const blocked = await becomes(world, id, 'blocked')
  assert.equal(blocked.reason, 'provider')
  assert.equal(providerCalls(world, mark), 1)
  // The key works again; a process that has seen the refusal remembers it until it starts anew.
  for (const index of world.stack.workers.keys()) {
    await world.stack.killWorker(index, 'SIGTERM')
    await world.stack.startWorker(index)
  }
  await world.stack.ready()
  await becomes(world, id, 'completed', 30_000)
}
