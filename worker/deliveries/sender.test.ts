// Steps that call a server, on a real queue and real sockets, with a receiver that is told how to answer.
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { claimDelivery, settleDelivery } from '#lib/deliveries/claim.ts'
import { showSigningSecret } from '#lib/deliveries/signing.ts'
import { isSignedBy } from '#lib/outbound/sign.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { cancelRun } from '#lib/workflows/cancel.ts'
import { checkDefinition } from '#lib/workflows/check.ts'
import { workflowDefinition } from '#lib/workflows/definition.ts'
import { getRun } from '#lib/workflows/queries.ts'
import { beginRun } from '#lib/workflows/start.ts'
import { playing, until, worker } from '../test-worker.ts'
import type { WorkerProcess } from '../process.ts'
import type { SenderOptions } from './sender.ts'

const { SECRET } = vi.hoisted(() => {
  const secret = 'a secret for tests, longer than 32 letters'
  process.env['BATON_SECRET'] = secret
  return { SECRET: secret }
})
const ROOT = join(import.meta.dirname, '../..')

type Received = { headers: Headers; body: string }
let tested: Tested
let receiver: Server
let port: number
let received: Received[] = []
let answers: (() => { status: number; headers?: Record<string, string> } | null)[] = []
let processes: WorkerProcess[] = []
const children: ChildProcess[] = []

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as [string, string])
      received.push({ headers: new Headers(headers), body: Buffer.concat(parts).toString() })
      const given = (answers.length > 1 ? answers.shift() : answers[0])?.()
      if (given) response.writeHead(given.status, given.headers).end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  port = (receiver.address() as AddressInfo).port
})
beforeEach(async () => {
  tested = await testWorkspace()
  received = []
  answers = [() => ({ status: 200 })]
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await Promise.all(processes.map((process) => process.stop()))
  processes = []
  await tested.drop()
})
afterAll(() => {
  receiver.closeAllConnections()
  receiver.close()
})

const url = () => `http://127.0.0.1:${port}/hooks/baton`
const begin = (more: object = {}) => {
  const steps = [{ name: 'tell', title: 'Tell the desk', kind: 'webhook', url: url(), ...more }]
  const definition = workflowDefinition.parse({ name: 'tried', title: 'Tried', summary: 'A test.', steps })
  return tested.act((ctx) =>
    beginRun(ctx, definition, { input: { text: 'A parcel is late.' }, engine: 'auto', priority: 'normal' }),
  )
}
const serve = async (deliveries: SenderOptions = {}) => {
  const options = { allow: [`127.0.0.1:${port}`], backoffMs: [20, 20], ...deliveries }
  processes.push(
    await worker(
      tested.database,
      playing(() => null),
      { deliveries: options },
    ),
  )
}
const get = (id: string) => tested.act((ctx) => getRun(ctx, id))
const step = async (id: string) => (await get(id)).steps[0]
const ended = (id: string) =>
  until(async () => {
    const run = await get(id)
    return run.status === 'in_progress' ? null : run
  }, 20_000)
const rows = async () =>
  (await tested.database.admin.query('select id, status, attempts, tries from deliveries order by id')).rows

test('a step calls a server with what it is told to send, signed, and the run goes on when it answers', async () => {
  const id = await begin()
  await serve()
  const run = await ended(id)
  expect(run.status).toBe('completed')
  const [delivery] = await rows()
  expect(run.steps[0]).toMatchObject({ result: { delivery: delivery.id, status: 200, attempts: 1 }, error: null })
  expect(delivery).toMatchObject({ status: 'delivered', attempts: 1, tries: [{ status: 200, error: null }] })
  const [call] = received
  expect(JSON.parse(call?.body ?? '')).toMatchObject({
    type: 'workflow.step',
    data: { run: id, workflow: 'tried', step: 'tell', body: 'A parcel is late.' },
  })
  expect(call?.headers.get('webhook-id')).toBe(delivery.id)
  const { secret } = await tested.act(showSigningSecret)
  expect(isSignedBy(secret, call ?? { headers: new Headers(), body: '' })).toBe(true)
  const { rows: stored } = await tested.database.admin.query('select sealed from secrets')
  expect(stored).toHaveLength(1)
  expect(stored[0].sealed).not.toContain(secret.slice(6))
})

test('a receiver that is down for a while is called again, by the same id, with each attempt kept', async () => {
  answers = [() => ({ status: 500 }), () => ({ status: 503, headers: { 'retry-after': '0' } }), () => ({ status: 204 })]
  const id = await begin()
  await serve()
  const run = await ended(id)
  expect(run.steps[0]).toMatchObject({ status: 'completed', result: { status: 204, attempts: 3 }, error: null })
  expect(new Set(received.map(({ headers }) => headers.get('webhook-id'))).size).toBe(1)
  expect((await rows())[0]).toMatchObject({
    status: 'delivered',
    attempts: 3,
    tries: [{ status: 500, error: { message: 'It answered 500.' } }, { status: 503 }, { status: 204, error: null }],
  })
})

test('while it waits for the next attempt, the step says what happened', async () => {
  answers = [() => ({ status: 500 })]
  const id = await begin()
  await serve({ backoffMs: [3_600_000] })
  const waiting = await until(async () => {
    const one = await step(id)
    return one?.error ? one : null
  })
  expect(waiting).toMatchObject({
    status: 'in_progress',
    waitsFor: `Calling 127.0.0.1:${port} failed at attempt 1 of 2. It answered 500. It is called again.`,
  })
})

test('one that never takes it fails the step and the run, and a step may go on without it', async () => {
  answers = [() => ({ status: 500 })]
  const [failing, going] = [await begin(), await begin({ onFailure: 'continue' })]
  await serve()
  const run = await ended(failing)
  expect(run.status).toBe('failed')
  expect(run.steps[0]?.error).toMatchObject({
    code: 'refused',
    message: `Calling 127.0.0.1:${port} failed at attempt 3 of 3. It answered 500.`,
    advice: expect.any(String),
  })
  expect((await ended(going)).status).toBe('completed')
  expect(received).toHaveLength(6)
})

test.each([
  ['gone for good', () => ({ status: 410 }), {}, 'refused'],
  ['moved', () => ({ status: 301, headers: { location: 'http://127.0.0.1/' } }), {}, 'redirected'],
  ['where nobody may be called', () => ({ status: 200 }), { allow: [] }, 'ssrf_blocked'],
])('what is %s is not called again', async (_, answer, options, code) => {
  answers = [answer]
  const id = await begin()
  await serve(options)
  expect((await ended(id)).steps[0]?.error?.code).toBe(code)
  expect((await rows())[0]).toMatchObject({ status: 'failed', attempts: 1 })
  expect(received.length).toBe(code === 'ssrf_blocked' ? 0 : 1)
})

test('a definition that calls where nobody may be called is refused when it is saved', async () => {
  const steps = [{ name: 'tell', title: 'Tell', kind: 'webhook', url: 'http://169.254.169.254/latest/' }]
  const { issues } = await checkDefinition({ name: 'tried', title: 'T', summary: 'S', steps }, () =>
    Promise.resolve(null),
  )
  expect(issues).toEqual([{ path: 'steps.0.url', message: expect.stringContaining('169.254.169.254') }])
})

test('a cancelled run calls nobody any more, and what was under way is not stored', async () => {
  const id = await begin()
  const { db } = tested.database.worker
  const claim = await claimDelivery(db, 10_000)
  await tested.act((ctx) => cancelRun(ctx, id))
  const made = { at: new Date().toISOString(), status: 200, ms: 5, error: null }
  expect(claim && (await settleDelivery({ db, queue: tested.queue }, claim, made))).toBe(false)
  expect(await rows()).toMatchObject([{ status: 'cancelled', tries: [] }])
  expect(await step(id)).toMatchObject({ status: 'cancelled' })
  expect(await claimDelivery(db, 10_000)).toBeNull()
})

test('two processes never hold the same call, and one that lost it changes nothing', async () => {
  const id = await begin()
  const { db } = tested.database.worker
  const [first, second] = await Promise.all([claimDelivery(db, 60_000), claimDelivery(db, 60_000)])
  const held = first ?? second
  expect([first, second].filter(Boolean)).toHaveLength(1)
  await tested.database.admin.query(`update deliveries set leased_until = now() - interval '1 second'`)
  const later = await claimDelivery(db, 60_000)
  expect([held?.id, later?.attempt]).toEqual([later?.id, 2])
  const made = { at: new Date().toISOString(), status: 200, ms: 5, error: null }
  const settle = (claim: typeof held) => claim && settleDelivery({ db, queue: tested.queue }, claim, made)
  expect(await settle(held)).toBe(false)
  expect((await get(id)).status).toBe('in_progress')
  expect(await settle(later)).toBe(true)
  expect((await get(id)).status).toBe('completed')
  expect(await settle(later)).toBe(false)
})

test('the calls of one workspace do not hold up those of another', async () => {
  await Promise.all([begin(), begin(), begin()])
  const other = await tested.database.workspace()
  const definition = workflowDefinition.parse({
    name: 'tried',
    title: 'Tried',
    summary: 'A test.',
    steps: [{ name: 'tell', title: 'Tell', kind: 'webhook', url: url() }],
  })
  await tested.act(
    (ctx) => beginRun(ctx, definition, { input: { text: 'Later.' }, engine: 'auto', priority: 'normal' }),
    { workspace: other },
  )
  const { db } = tested.database.worker
  await claimDelivery(db, 60_000)
  expect((await claimDelivery(db, 60_000))?.workspaceId).toBe(other.id)
})

function launch(): ChildProcess {
  const child = spawn(join(ROOT, 'node_modules/.bin/node'), ['worker/main.ts'], {
    cwd: ROOT,
    env: {
      NODE_ENV: 'test',
      PATH: process.env['PATH'],
      DATABASE_URL: tested.database.url,
      BATON_SECRET: SECRET,
      BATON_OUTBOUND_ALLOW: `127.0.0.1:${port}`,
      BATON_TIME_SCALE: '20',
    },
    stdio: 'ignore',
  })
  children.push(child)
  return child
}

test('a worker killed while a call is under way loses nothing: another calls again by the same id', async () => {
  let killed: ChildProcess | null = null
  answers = [
    () => {
      killed?.kill('SIGKILL')
      return null
    },
    () => ({ status: 200 }),
  ]
  const id = await begin()
  killed = launch()
  await until(() => received.length === 1, 20_000)
  // The lease outlasts the longest call; its end is brought near instead of waited for.
  await tested.database.admin.query(`update deliveries set leased_until = now()`)
  launch()
  expect((await ended(id)).status).toBe('completed')
  expect(new Set(received.map(({ headers }) => headers.get('webhook-id'))).size).toBe(1)
  expect(received).toHaveLength(2)
  expect(await rows()).toMatchObject([{ status: 'delivered', attempts: 2 }])
})
