// F56: every route of the HTTP interface, asked by everyone there is. A route that is not in the table fails the test.
import { randomUUID } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { pauseBatch } from '#lib/batches/pause.ts'
import { readTable } from '#lib/batches/read-table.ts'
import { filesRequest, startQuery } from '#lib/batches/requests.ts'
import { startFiles } from '#lib/batches/start-files.ts'
import { startBatch } from '#lib/batches/start.ts'
import { finishClaim } from '#lib/documents/parse.ts'
import { uploadDocument } from '#lib/documents/upload.ts'
import { createApiKey } from '#lib/access/keys.ts'
import { asWorkspace } from '#lib/db/client.ts'
import type { TestWorkspace } from '#lib/db/test-database.ts'
import { createPlan } from '#lib/plans/create.ts'
import { planner } from '#lib/workers/planner.ts'
import { cancelTask } from '#lib/tasks/cancel.ts'
import { submitTask } from '#lib/tasks/submit.ts'
import { createTrigger } from '#lib/triggers/change.ts'
import { hookOf } from '#lib/triggers/hook.ts'
import { startRun } from '#lib/workflows/start.ts'
import { createWorkflow } from '#lib/workflows/stored/drafts.ts'
import type { Route } from '#app/_server/contract.ts'
import type { otherMethods } from '#app/_server/other-methods.ts'
import { type Answer, type Asker, type Call, testApi, type TestApi } from './test-api.ts'

vi.hoisted(() => {
  process.env['BATON_SECRET'] = 'a secret for tests, longer than 32 letters'
})

const WHO = [
  'anonymous',
  'stranger',
  'viewer',
  'member',
  'admin',
  'owner',
  'operator',
  'keyRead',
  'keyRun',
  'keyBoth',
  'foreignKey',
] as const
type Who = (typeof WHO)[number]
type Expected = Record<Who, number>

const outside = { anonymous: 401, stranger: 404, foreignKey: 401 }
const reading: Expected = {
  ...outside,
  viewer: 200,
  member: 200,
  admin: 200,
  owner: 200,
  operator: 200,
  keyRead: 200,
  keyRun: 403,
  keyBoth: 200,
}
const writing: Expected = { ...reading, viewer: 403, keyRead: 403, keyRun: 200 }
const keeping: Expected = {
  ...reading,
  viewer: 403,
  member: 403,
  operator: 403,
  keyRead: 403,
  keyRun: 403,
  keyBoth: 403,
}
const operating: Expected = { ...keeping, admin: 403, owner: 403, operator: 200 }
const open = Object.fromEntries(WHO.map((who) => [who, 200])) as Expected
const withStatus = (expected: Expected, status: number): Expected =>
  Object.fromEntries(Object.entries(expected).map(([who, code]) => [who, code === 200 ? status : code])) as Expected

type Row = { expected: Expected; call?: () => Promise<Call> }

const W = '/api/v1/workspaces/[workspace]'
const newTask = { worker: 'summarizer', input: { text: 'A letter about a late parcel. It came on Monday.' } }
const newRun = { workflow: 'complete-analysis', input: newTask.input }
const newPlan = { goal: 'Find the risks', input: newTask.input }
const newTrigger = {
  title: 'Morning',
  config: { kind: 'schedule' as const, cron: '0 7 * * *', timeZone: 'UTC', text: newTask.input.text },
}
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const NOWHERE = '0190a000-0000-7000-8000-000000000000'

const TABLE: Record<string, Row> = {
  'GET /api/health': { expected: open },
  // No worker process runs here, so the instance is not ready for anyone.
  'GET /api/ready': { expected: withStatus(open, 503) },
  [`GET ${W}/tasks`]: { expected: reading },
  [`POST ${W}/tasks`]: { expected: withStatus(writing, 201), call: async () => ({ body: newTask }) },
  [`GET ${W}/tasks/[id]`]: { expected: reading, call: async () => ({ params: { id: await task() } }) },
  [`POST ${W}/tasks/[id]/cancel`]: {
    expected: writing,
    call: async () => ({ method: 'POST', params: { id: await task() } }),
  },
  [`POST ${W}/tasks/[id]/retry`]: {
    expected: writing,
    call: async () => ({ method: 'POST', params: { id: await cancelledTask() } }),
  },
  [`POST ${W}/tasks/cancel`]: { expected: writing, call: async () => ({ body: { ids: [await task()] } }) },
  [`POST ${W}/tasks/retry`]: { expected: writing, call: async () => ({ body: { ids: [await cancelledTask()] } }) },
  [`GET ${W}/tasks/export`]: { expected: reading, call: async () => ({ query: 'format=jsonl' }) },
  [`GET ${W}/runs`]: { expected: reading },
  [`POST ${W}/runs`]: { expected: withStatus(writing, 201), call: async () => ({ body: newRun }) },
  [`GET ${W}/runs/[id]`]: { expected: reading, call: async () => ({ params: { id: await run() } }) },
  [`GET ${W}/runs/[id]/report`]: { expected: reading, call: async () => ({ params: { id: await run() } }) },
  [`GET ${W}/runs/[id]/deliveries`]: { expected: reading, call: async () => ({ params: { id: await run() } }) },
  [`GET ${W}/runs/[id]/events`]: { expected: reading, call: async () => ({ params: { id: await run() } }) },
  [`POST ${W}/runs/[id]/steps/[step]/skip`]: {
    expected: writing,
    call: async () => ({ method: 'POST', params: { id: await run(), step: 'summarizer' } }),
  },
  [`POST ${W}/runs/[id]/cancel`]: {
    expected: writing,
    call: async () => ({ method: 'POST', params: { id: await run() } }),
  },
  [`GET ${W}/signing-secret`]: { expected: { ...keeping, keyBoth: 403 } },
  [`POST ${W}/signing-secret/rotate`]: { expected: { ...keeping, keyBoth: 403 }, call: async () => ({ body: {} }) },
  [`POST ${W}/triggers/[id]/secret`]: {
    expected: writing,
    call: async () => ({ params: { id: await hookTrigger() }, body: {} }),
  },
  [`POST ${W}/runs/[id]/rerun`]: {
    expected: withStatus(writing, 201),
    call: async () => ({ params: { id: await run() }, body: { from: 'summarizer' } }),
  },
  [`GET ${W}/plans`]: { expected: reading },
  [`POST ${W}/plans`]: { expected: withStatus(writing, 201), call: async () => ({ body: newPlan }) },
  [`GET ${W}/plans/[id]`]: { expected: reading, call: async () => ({ params: { id: await plan() } }) },
  [`PUT ${W}/plans/[id]`]: {
    expected: writing,
    call: async () => ({
      method: 'PUT',
      params: { id: await plan() },
      body: { removed: ['read'], options: {}, revision: 0 },
    }),
  },
  [`POST ${W}/plans/[id]/run`]: {
    expected: withStatus(writing, 201),
    call: async () => ({ params: { id: await plan() }, body: { revision: 0 } }),
  },
  [`POST ${W}/plans/[id]/save`]: {
    expected: withStatus(writing, 201),
    call: async () => ({ params: { id: await plan() }, body: { revision: 0 } }),
  },
  [`GET ${W}/workflows`]: { expected: reading },
  [`POST ${W}/workflows`]: { expected: withStatus(writing, 201), call: async () => ({ body: {} }) },
  [`GET ${W}/workflows/[name]`]: { expected: reading, call: async () => ({ params: { name: await workflow() } }) },
  [`DELETE ${W}/workflows/[name]`]: {
    expected: withStatus(writing, 204),
    call: async () => ({ method: 'DELETE', params: { name: await workflow() } }),
  },
  [`PUT ${W}/workflows/[name]/draft`]: {
    expected: writing,
    call: async () => ({ method: 'PUT', params: { name: await workflow() }, body: { draft: {}, revision: 1 } }),
  },
  [`POST ${W}/workflows/[name]/publish`]: {
    expected: withStatus(writing, 201),
    call: async () => ({ params: { name: await workflow() }, body: { revision: 1 } }),
  },
  [`GET ${W}/workflows/[name]/versions`]: {
    expected: reading,
    call: async () => ({ params: { name: await workflow() } }),
  },
  [`GET ${W}/workflows/[name]/export`]: {
    expected: reading,
    call: async () => ({ params: { name: await workflow() } }),
  },
  [`GET ${W}/workflows/[name]/compare`]: {
    expected: reading,
    call: async () => ({ params: { name: await workflow() }, query: 'from=draft' }),
  },
  [`GET ${W}/workflows/[name]/steps/[step]/test`]: {
    expected: reading,
    call: async () => ({ params: { name: await workflow(), step: 'summarizer' } }),
  },
  [`POST ${W}/workflows/[name]/steps/[step]/test`]: {
    // It reads the draft and answers with what it makes of it.
    expected: { ...writing, keyRun: 403 },
    call: async () => ({
      params: { name: await workflow(), step: 'summarizer' },
      body: { input: newTask.input },
    }),
  },
  [`POST ${W}/workflow-imports`]: {
    expected: withStatus(writing, 201),
    call: async () => ({ raw: 'title: Imported', query: `name=w-${randomUUID()}&incomplete=true` }),
  },
  [`GET ${W}/workflows/[name]/triggers`]: {
    expected: reading,
    call: async () => ({ params: { name: newRun.workflow } }),
  },
  [`POST ${W}/workflows/[name]/triggers`]: {
    expected: withStatus(writing, 201),
    call: async () => ({ params: { name: newRun.workflow }, body: newTrigger }),
  },
  [`GET ${W}/triggers/[id]`]: { expected: reading, call: async () => ({ params: { id: await trigger() } }) },
  [`PATCH ${W}/triggers/[id]`]: {
    expected: withStatus(writing, 204),
    call: async () => ({ method: 'PATCH', params: { id: await trigger() }, body: { paused: true } }),
  },
  [`DELETE ${W}/triggers/[id]`]: {
    expected: withStatus(writing, 204),
    call: async () => ({ method: 'DELETE', params: { id: await trigger() } }),
  },
  [`POST ${W}/triggers/[id]/run`]: {
    expected: writing,
    call: async () => ({ method: 'POST', params: { id: await trigger() } }),
  },
  // Its secret decides, not who sends it.
  'POST /api/hooks/[hook]': {
    expected: withStatus(open, 401),
    call: async () => ({ method: 'POST', params: { hook: await hook() }, raw: 'A letter.' }),
  },
  [`GET ${W}/batches`]: { expected: reading },
  [`POST ${W}/batches`]: { expected: withStatus(writing, 201), call: async () => newTable() },
  [`POST ${W}/batches/files`]: {
    expected: withStatus(writing, 201),
    call: async () => ({
      body: { name: 'Letters', worker: 'summarizer', files: [{ document: await document() }] },
    }),
  },
  [`POST ${W}/batches/preview`]: {
    expected: writing,
    call: async () => ({ raw: 'text\nA letter about a late parcel.' }),
  },
  [`GET ${W}/batches/[id]`]: { expected: reading, call: async () => ({ params: { id: await batch() } }) },
  [`GET ${W}/batches/[id]/items`]: { expected: reading, call: async () => ({ params: { id: await batch() } }) },
  [`GET ${W}/batches/[id]/rows`]: { expected: reading, call: async () => ({ params: { id: await batch() } }) },
  [`GET ${W}/batches/[id]/export`]: { expected: reading, call: async () => ({ params: { id: await batch() } }) },
  [`POST ${W}/batches/[id]/pause`]: {
    expected: writing,
    call: async () => ({ method: 'POST', params: { id: await batch() } }),
  },
  [`POST ${W}/batches/[id]/resume`]: {
    expected: writing,
    call: async () => ({ method: 'POST', params: { id: await pausedBatch() } }),
  },
  [`POST ${W}/batches/[id]/cancel`]: {
    expected: writing,
    call: async () => ({ method: 'POST', params: { id: await batch() } }),
  },
  [`POST ${W}/batches/[id]/retry`]: {
    expected: writing,
    call: async () => ({ method: 'POST', params: { id: await batch() } }),
  },
  [`PUT ${W}/batches/[id]/budget`]: {
    expected: writing,
    call: async () => ({ method: 'PUT', params: { id: await batch() }, body: { capMicros: 2_000_000 } }),
  },
  [`POST ${W}/batches/[id]/replace`]: {
    expected: writing,
    call: async () => ({
      method: 'POST',
      params: { id: await filesBatch() },
      body: { row: 2, document: await document() },
    }),
  },
  [`GET ${W}/documents`]: { expected: reading },
  [`POST ${W}/documents`]: { expected: withStatus(writing, 201), call: async () => newFile() },
  [`GET ${W}/documents/[id]`]: { expected: reading, call: async () => ({ params: { id: await document() } }) },
  [`DELETE ${W}/documents/[id]`]: {
    expected: withStatus(writing, 204),
    call: async () => ({ method: 'DELETE', params: { id: await document() } }),
  },
  [`GET ${W}/documents/[id]/pages`]: { expected: reading, call: async () => ({ params: { id: await document() } }) },
  [`GET ${W}/documents/[id]/uses`]: { expected: reading, call: async () => ({ params: { id: await document() } }) },
  [`GET ${W}/documents/[id]/results`]: { expected: reading, call: async () => usedDocument() },
  [`GET ${W}/documents/[id]/original`]: {
    expected: reading,
    call: async () => ({ params: { id: await document() } }),
  },
  [`GET ${W}/workers`]: { expected: reading },
  [`PATCH ${W}/workers/[worker]`]: {
    expected: operating,
    call: async () => ({ method: 'PATCH', params: { worker: 'summarizer' }, body: { slots: 3 } }),
  },
  [`GET ${W}/pools`]: { expected: reading },
  [`GET ${W}/prices`]: { expected: reading },
  [`POST ${W}/prices`]: {
    expected: withStatus(operating, 201),
    call: async () => ({ body: { model: `sample-${randomUUID()}`, inputPerMillion: 1, outputPerMillion: 2 } }),
  },
  'GET /w/[workspace]/pulse': { expected: reading },
  'GET /w/[workspace]/home': { expected: reading },
  'GET /w/[workspace]/times': { expected: reading },
  'GET /w/[workspace]/workers/state': { expected: reading },
  'GET /w/[workspace]/workflows/runs/[id]/board': {
    expected: reading,
    call: async () => ({ params: { id: await run() } }),
  },
  'GET /w/[workspace]/workflows/runs/[id]/content/[step]': {
    expected: reading,
    call: async () => ({ params: { id: await run(), step: 'summarizer' } }),
  },
  'GET /w/[workspace]/history/count': { expected: reading },
  'GET /w/[workspace]/history/facets': { expected: reading },
  'GET /w/[workspace]/history/views': { expected: reading },
  'GET /w/[workspace]/history/rows': { expected: reading, call: async () => ({ query: `ids=${await task()}` }) },
  [`GET ${W}/events`]: { expected: reading },
  [`GET ${W}/api-keys`]: { expected: keeping },
  [`POST ${W}/api-keys`]: {
    expected: withStatus(keeping, 201),
    call: async () => ({ body: { name: 'Import', scopes: ['run'] } }),
  },
  [`DELETE ${W}/api-keys/[id]`]: {
    expected: keeping,
    call: async () => ({ method: 'DELETE', params: { id: await apiKey() } }),
  },
  ...Object.fromEntries(
    ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((method) => [
      `${method} /api/[...rest]`,
      { expected: withStatus(open, 404), call: async () => ({ method }) },
    ]),
  ),
}

/** better-auth's own, opened route by route in lib/access/auth.ts and tested there. */
const ELSEWHERE = new Set(['/api/auth/[...all]'])

let api: TestApi
let other: TestWorkspace
let askers: Record<Who, Asker | null>
const routes = new Map<string, Route>()
type Others = ReturnType<typeof otherMethods>
const others = new Map<string, Others>()

beforeAll(async () => {
  api = await testApi()
  other = await api.database.workspace('Other')
  askers = {
    anonymous: null,
    stranger: await api.member(other, 'owner'),
    viewer: await api.member(api.workspace, 'viewer'),
    member: await api.member(api.workspace, 'member'),
    admin: await api.member(api.workspace, 'admin'),
    owner: await api.member(api.workspace, 'owner'),
    operator: await api.member(api.workspace, 'member', true),
    keyRead: await api.key(api.workspace, ['read']),
    keyRun: await api.key(api.workspace, ['run']),
    keyBoth: await api.key(api.workspace, ['run', 'read']),
    foreignKey: await api.key(other, ['run', 'read']),
  }
  for (const file of globSync('app/**/route.ts')) {
    const path = addressOf(file)
    if (path === null || ELSEWHERE.has(path)) continue
    const exported = (await import(join(process.cwd(), file))) as Record<string, unknown>
    for (const [method, route] of Object.entries(exported)) {
      if (typeof route === 'function' && 'allowed' in route) others.set(`${method} ${path}`, route as Others)
      else routes.set(`${method} ${path}`, route as Route)
    }
  }
})
afterAll(() => api.close())

/** Folders in brackets are no part of an address, and what lies below one with an underscore has none. */
function addressOf(file: string): string | null {
  const folders = file.split('/').slice(1, -1)
  if (folders.some((folder) => folder.startsWith('_'))) return null
  return `/${folders.filter((folder) => !folder.startsWith('(')).join('/')}`
}

const as = async <Result>(workspace: TestWorkspace, work: (ctx: Parameters<typeof submitTask>[0]) => Promise<Result>) =>
  asWorkspace(api.database.app.db, workspace.id, (tx) => work(api.database.ctx(tx, workspace, api.queue)))
const task = (workspace = api.workspace) => as(workspace, async (ctx) => (await submitTask(ctx, newTask)).task.id)
const run = (workspace = api.workspace) => as(workspace, async (ctx) => (await startRun(ctx, newRun)).id)
/** Made already. */
const plan = (workspace = api.workspace) =>
  as(workspace, async (ctx) => {
    const { id } = (await createPlan(ctx, newPlan)).task
    const result = JSON.stringify(planner.example.output).replaceAll("'", "''")
    await ctx.tx.execute(`update tasks set status = 'completed', started_at = now(), finished_at = now(),
      result = '${result}' where id = '${id}'`)
    return id
  })
const workflow = (workspace = api.workspace) =>
  as(workspace, (ctx) => createWorkflow(ctx, { from: 'complete-analysis' }))
const table = () => `text\nA letter about a late parcel, ${randomUUID()}.`
const newTable = (): Call => ({ query: 'name=Letters&worker=summarizer', raw: table() })
const batch = (workspace = api.workspace) =>
  as(workspace, async (ctx) => {
    const request = startQuery.parse({ name: 'Letters', worker: 'summarizer' })
    return (await startBatch(ctx, readTable(Buffer.from(table())), request)).id
  })
/** Its second file could not be taken in. */
const filesBatch = async () => {
  const files = [{ document: await document() }, { name: 'photo.heic', problem: 'A photo.' }]
  const request = filesRequest.parse({ name: 'Files', worker: 'summarizer', files })
  return as(api.workspace, async (ctx) => (await startFiles(ctx, request)).id)
}
const pausedBatch = async () => {
  const id = await batch()
  await as(api.workspace, (ctx) => pauseBatch(ctx, id))
  return id
}
/** Bytes that nobody has sent before. */
const newFile = (): Call => ({ query: 'name=letter.txt', raw: `A letter about a late parcel, ${randomUUID()}.` })
/** Ready to be read. */
const document = (workspace = api.workspace) =>
  as(workspace, async (ctx) => {
    const text = `A letter about a late parcel, ${randomUUID()}.`
    const { id } = await uploadDocument((work) => work(ctx), { name: 'letter.txt', bytes: partsOf(text), length: null })
    const claim = { id, workspaceId: workspace.id, name: 'letter.txt', size: text.length, epoch: 0, attempt: 0 }
    await ctx.tx.execute(`update documents set status = 'parsing' where id = '${id}'`)
    await finishClaim(ctx.tx, claim, { mediaType: 'text/plain', paged: false, metadata: {}, pages: [text] })
    return id
  })
const usedDocument = async () => {
  const id = await document()
  const request = { worker: 'summarizer', input: { text: { document: id } } }
  const { task: user } = await as(api.workspace, (ctx) => submitTask(ctx, request))
  return { params: { id }, query: `of=${user.id}` }
}
const apiKey = (workspace = api.workspace) =>
  as(workspace, async (ctx) => (await createApiKey(ctx, { name: 'Spare', scopes: ['read'] })).key.id)
const cancelledTask = (workspace = api.workspace) =>
  as(workspace, async (ctx) => {
    const { task: submitted } = await submitTask(ctx, newTask)
    await cancelTask(ctx, submitted.id)
    return submitted.id
  })

const trigger = (workspace = api.workspace) =>
  as(workspace, async (ctx) => (await createTrigger(ctx, newRun.workflow, newTrigger)).id)
const hookTrigger = (workspace = api.workspace) =>
  as(workspace, async (ctx) => {
    const config = { kind: 'webhook' as const }
    return (await createTrigger(ctx, newRun.workflow, { title: 'Calls', config })).id
  })
const hook = () =>
  as(api.workspace, async (ctx) => {
    const { id } = await createTrigger(ctx, newRun.workflow, { title: 'Calls', config: { kind: 'webhook' } })
    return hookOf({ workspaceId: api.workspace.id, id })
  })

async function* partsOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

async function ask(route: Route, call: Call): Promise<Answer> {
  const response = await api.send(route, call)
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return api.read(response)
  await response.body?.cancel()
  return { status: response.status, headers: response.headers, body: {}, text: '' }
}

test('every route on disk is in the table, with a contract whose name is its own', () => {
  expect([...routes.keys()].toSorted()).toEqual(Object.keys(TABLE).toSorted())
  const contracts = new Set([...routes.values()].map((route) => route.contract))
  expect(new Set([...contracts].map(({ name }) => name)).size).toBe(contracts.size)
})

test('every address of the API says which methods it takes when it is asked with another one', async () => {
  const paths = new Set([...routes.keys()].map((name) => name.slice(name.indexOf(' ') + 1)))
  const answers: unknown[] = []
  const expected: unknown[] = []
  for (const path of paths) {
    if (!path.startsWith('/api/') || path.includes('[...')) continue
    const own = METHODS.filter((method) => routes.has(`${method} ${path}`))
    for (const method of [...METHODS.filter((name) => !own.includes(name)), 'OPTIONS']) {
      const response = others.get(`${method} ${path}`)?.(new Request('http://localhost/', { method }))
      const type = response?.headers.get('content-type') ?? null
      answers.push([method, path, response?.status, type, response?.headers.get('allow')])
      const allow = [...own, ...(own.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')
      expected.push([method, path, ...(method === 'OPTIONS' ? [204, null] : [405, 'application/problem+json']), allow])
    }
  }
  expect(answers).toEqual(expected)
  expect(answers.length).toBe(others.size)
})

test.each(Object.keys(TABLE))('F56: %s', async (name) => {
  const route = routes.get(name)
  const row = TABLE[name]
  if (!route || !row) throw new Error('Not in the table.')
  const found: Record<string, number> = {}
  for (const who of WHO) {
    const call = await row.call?.()
    const answer = await ask(route, { ...call, as: askers[who] })
    found[who] = answer.status
    // Whoever may not read tasks sees no more of one than they sent along.
    const sent = JSON.stringify(call ?? {}).includes('parcel')
    expect(reading[who] !== 200 && !sent && answer.text.includes('parcel')).toBe(false)
    expect(answer.headers.get('x-request-id')).toBeTruthy()
    expect(answer.headers.get('cache-control')).toMatch(/^private, no-store/)
    expect(deviation(route, answer)).toBeNull()
  }
  expect(found).toEqual(row.expected)
})

/** What in an answer the route's contract does not promise. */
function deviation(route: Route, { status, body }: Answer): unknown {
  const promised = route.contract.responses[status]
  if (promised instanceof z.ZodType) return promised.safeParse(body).error ?? null
  return status < 300 && promised === undefined ? `Status ${status} is not in the contract.` : null
}

const segments = { unknown: 'no-such-workspace', long: 'a'.repeat(120), NUL: 'a\0b', 'an id': NOWHERE }
test.each(Object.entries(segments))(
  'F56: every route in a workspace answers a segment that names none (%s) as an unknown one',
  async (_, workspace) => {
    for (const [name, row] of Object.entries(TABLE)) {
      if (!name.includes('[workspace]')) continue
      const found: Record<string, number> = {}
      for (const who of ['anonymous', 'owner', 'keyBoth'] as const) {
        const answer = await ask(routes.get(name) as Route, { ...(await row.call?.()), as: askers[who], workspace })
        found[who] = answer.status
      }
      expect({ name, ...found }).toEqual({ name, anonymous: 401, owner: 404, keyBoth: 401 })
    }
  },
)

const items: [string, () => Promise<string>, Call][] = [
  [`POST ${W}/triggers/[id]/secret`, () => hookTrigger(other), { body: {} }],
  [`GET ${W}/tasks/[id]`, () => task(other), {}],
  [`POST ${W}/tasks/[id]/cancel`, () => task(other), { method: 'POST' }],
  [`POST ${W}/tasks/[id]/retry`, () => cancelledTask(other), { method: 'POST' }],
  [`GET ${W}/runs/[id]`, () => run(other), {}],
  [`GET ${W}/runs/[id]/report`, () => run(other), {}],
  [`GET ${W}/runs/[id]/deliveries`, () => run(other), {}],
  [`GET ${W}/runs/[id]/events`, () => run(other), {}],
  [`GET ${W}/triggers/[id]`, () => trigger(other), {}],
  [`PATCH ${W}/triggers/[id]`, () => trigger(other), { method: 'PATCH', body: { paused: true } }],
  [`DELETE ${W}/triggers/[id]`, () => trigger(other), {}],
  [`POST ${W}/triggers/[id]/run`, () => trigger(other), {}],
  ['GET /w/[workspace]/workflows/runs/[id]/board', () => run(other), {}],
  [`POST ${W}/runs/[id]/cancel`, () => run(other), { method: 'POST' }],
  [`POST ${W}/runs/[id]/rerun`, () => run(other), { body: { from: 'summarizer' } }],
  [`GET ${W}/batches/[id]`, () => batch(other), {}],
  [`GET ${W}/batches/[id]/items`, () => batch(other), {}],
  [`GET ${W}/batches/[id]/rows`, () => batch(other), {}],
  [`GET ${W}/batches/[id]/export`, () => batch(other), {}],
  [`POST ${W}/batches/[id]/pause`, () => batch(other), { method: 'POST' }],
  [`POST ${W}/batches/[id]/cancel`, () => batch(other), { method: 'POST' }],
  [`POST ${W}/batches/[id]/retry`, () => batch(other), { method: 'POST' }],
  [
    `POST ${W}/batches/[id]/replace`,
    () => batch(other),
    { body: { row: 1, document: '01a2137b-9a9a-74d3-be8b-decc224d124d' } },
  ],
  [`PUT ${W}/batches/[id]/budget`, () => batch(other), { method: 'PUT', body: { capMicros: 1 } }],
  [`DELETE ${W}/api-keys/[id]`, () => apiKey(other), { method: 'DELETE' }],
  [`GET ${W}/documents/[id]`, () => document(other), {}],
  [`DELETE ${W}/documents/[id]`, () => document(other), { method: 'DELETE' }],
  [`GET ${W}/documents/[id]/pages`, () => document(other), {}],
  [`GET ${W}/documents/[id]/uses`, () => document(other), {}],
  [`GET ${W}/documents/[id]/results`, () => document(other), { query: `of=${NOWHERE}` }],
  [`GET ${W}/documents/[id]/original`, () => document(other), {}],
]
test.each(items)(
  'F56: %s answers another workspace\u2019s id as it answers an unknown one',
  async (name, make, call) => {
    const route = routes.get(name)
    if (!route) throw new Error('No such route.')
    const answers = await Promise.all(
      [await make(), NOWHERE, 'not-an-id'].map((id) => api.call(route, { ...call, as: askers.owner, params: { id } })),
    )
    for (const { status, body } of answers) {
      expect(status).toBe(404)
      expect({ ...body, requestId: '' }).toEqual({ ...answers[0]?.body, requestId: '' })
    }
  },
)

test('F56: bulk changes leave another workspace\u2019s tasks alone and say no more than of unknown ones', async () => {
  const foreign = await task(other)
  const route = routes.get(`POST ${W}/tasks/cancel`) as Route
  const { body } = await api.call(route, { as: askers.owner, body: { ids: [foreign, NOWHERE] } })
  expect(body).toMatchObject({ changed: 0 })
  const { rows } = await api.database.admin.query('select status from tasks where id = $1', [foreign])
  expect(rows).toEqual([{ status: 'pending' }])
})

test('F56: a key that may only run tasks cancels and retries them without learning what is in them', async () => {
  const post = async (name: string, more: Call) => {
    const answer = await api.call(routes.get(`POST ${W}/tasks/${name}`) as Route, { as: askers.keyRun, ...more })
    expect(answer.text).not.toMatch(/parcel|letter/i)
    return answer
  }
  const id = await task()
  const changes: [string, number, object][] = [
    ['[id]/retry', 409, expect.objectContaining({ detail: expect.stringMatching(/^This task is pending\./) })],
    ['[id]/cancel', 200, { id, status: 'cancelled' }],
    ['[id]/cancel', 409, expect.objectContaining({ detail: expect.stringMatching(/^This task was cancelled/) })],
    ['[id]/retry', 200, { id, status: 'pending' }],
  ]
  for (const [name, status, body] of changes) {
    const answer = await post(name, { method: 'POST', params: { id } })
    expect({ name, status: answer.status, body: answer.body }).toEqual({ name, status, body })
  }
  expect((await post('cancel', { body: { ids: [id] } })).body).toEqual({ matched: 1, changed: 1, skipped: [] })
  for (const name of ['cancel', 'retry'])
    for (const query of [{ search: 'parcel' }, { tag: ['x'] }, {}])
      expect(await post(name, { body: { query } })).toMatchObject({ status: 403, body: { code: 'forbidden' } })
})

test('F56: a key that may only run tasks gets from a replay what it got at first, whatever has come of it', async () => {
  const submit = () =>
    api.call(routes.get(`POST ${W}/tasks`) as Route, {
      as: askers.keyRun,
      body: newTask,
      headers: { 'idempotency-key': 'f56' },
    })
  const first = await submit()
  await api.database.admin.query(
    `update tasks set status = 'completed', finished_at = now(), result = '{"summary":"secret"}' where id = $1`,
    [first.body['id']],
  )
  const again = await submit()
  expect(again).toMatchObject({ status: 201, text: first.text })
})

test('F58: a viewer changes nothing by any route', async () => {
  const counts = async () => {
    const { rows } = await api.database.admin.query(`
      select (select count(*) from tasks) as tasks, (select count(*) from events) as events,
        (select count(*) from api_keys) as keys, (select count(*) from documents) as documents, (select json_agg(p order by worker) from worker_pools p) as pools`)
    return rows[0]
  }
  for (const [name, row] of Object.entries(TABLE)) {
    if (name.startsWith('GET ') || !name.includes(W)) continue
    const call = await row.call?.()
    const before = await counts()
    expect((await api.call(routes.get(name) as Route, { ...call, as: askers.viewer })).status).toBe(403)
    expect(await counts()).toEqual(before)
  }
})

test('F67: no route takes a field that it does not name, and then nothing changes', async () => {
  const wrong: string[] = []
  for (const [name, route] of routes) {
    if (!route.contract.body) continue
    const call = await TABLE[name]?.call?.()
    for (const field of ['role', 'workspaceId', 'costMicros', 'status', 'id']) {
      const body = { ...(call?.body as object | undefined), [field]: 'x' }
      const answers = [
        await api.call(route, { ...call, body, as: askers.owner }),
        await api.call(route, { ...call, body, as: askers.operator }),
      ]
      if (!answers.every(({ status }) => status === 422 || status === 403)) wrong.push(`${name} ${field}`)
      if (!answers.some(({ status }) => status === 422)) wrong.push(`${name} ${field}`)
    }
  }
  expect(wrong).toEqual([])
})

test('every contract can be written as JSON Schema, so that the API can be described', () => {
  for (const { contract } of routes.values()) {
    for (const schema of [contract.params, contract.query, contract.body ?? z.unknown()])
      expect(() => z.toJSONSchema(schema, { io: 'input' })).not.toThrow()
    for (const schema of Object.values(contract.responses))
      expect(() => schema instanceof z.ZodType && z.toJSONSchema(schema)).not.toThrow()
  }
})

test('F56: every server action passes the wrapper that checks origin, session and input', () => {
  const files = globSync('app/**/*.{ts,tsx}').filter((file) => /^['"]use server['"]/m.test(readFileSync(file, 'utf8')))
  for (const file of files) {
    const source = readFileSync(file, 'utf8')
    const exported = [...source.matchAll(/^export (?!type)(.*)$/gm)].map(([, line]) => line ?? '')
    for (const line of exported)
      expect(`${file}: ${line}`).toMatch(/: const \w+ = define(Workspace|Public)?Action\(|: async function \w+/)
  }
})
