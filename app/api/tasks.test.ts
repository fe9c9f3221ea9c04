import { afterAll, beforeAll, expect, test } from 'vitest'
import * as cancel from '#app/api/v1/workspaces/[workspace]/tasks/[id]/cancel/route.ts'
import * as retry from '#app/api/v1/workspaces/[workspace]/tasks/[id]/retry/route.ts'
import * as item from '#app/api/v1/workspaces/[workspace]/tasks/[id]/route.ts'
import * as bulkCancel from '#app/api/v1/workspaces/[workspace]/tasks/cancel/route.ts'
import * as tasks from '#app/api/v1/workspaces/[workspace]/tasks/route.ts'
import * as workers from '#app/api/v1/workspaces/[workspace]/workers/route.ts'
import { type Answer, type Asker, type Call, testApi, type TestApi } from './test-api.ts'

let api: TestApi
let member: Asker & { userId: string }
let key: Asker & { keyId: string }
beforeAll(async () => {
  api = await testApi()
  member = await api.member(api.workspace, 'member')
  key = await api.key(api.workspace, ['run', 'read'])
})
afterAll(() => api.close())

const request = (text = 'A letter about a late parcel.', more = {}) => ({
  worker: 'summarizer',
  input: { text },
  ...more,
})
const post = (body: unknown, call: Call = {}) => api.call(tasks.POST, { as: key, body, ...call })
const rows = async (text: string, values: unknown[] = []) => (await api.database.admin.query(text, values)).rows
const count = async () => Number((await rows('select count(*) from tasks'))[0]?.count)
const issuePaths = ({ body }: Answer) => (body['issues'] as { path: string }[] | undefined)?.map(({ path }) => path)
const asString = (value: unknown) => String(value)

test('a task is accepted by key and by cookie, stands at its Location, and names who sent it', async () => {
  const byKey = await post(
    request('By key.', { title: 'A letter', tags: ['b', 'a'], externalId: 'x-1', priority: 'high' }),
  )
  expect(byKey).toMatchObject({
    status: 201,
    body: {
      title: 'A letter',
      status: 'pending',
      tags: ['a', 'b'],
      externalId: 'x-1',
      priority: 'high',
      input: { text: 'By key.' },
      submittedBy: { kind: 'key', id: key.keyId },
    },
  })
  const id = asString(byKey.body['id'])
  expect(byKey.headers.get('location')).toBe(`/api/v1/workspaces/${api.workspace.id}/tasks/${id}`)
  expect(await rows(`select type, actor->>'kind' as kind from events where task_id = $1`, [id])).toEqual([
    { type: 'submitted', kind: 'key' },
  ])
  expect((await api.call(item.GET, { as: member, params: { id } })).body).toMatchObject({ id, title: 'A letter' })
  const byCookie = await post(request('By cookie.'), { as: member })
  expect(byCookie).toMatchObject({ status: 201, body: { submittedBy: { kind: 'user', id: member.userId } } })
})

test('the list is filtered, paged by cursor, and refuses what it does not know', async () => {
  for (const number of [1, 2, 3]) await post(request(`Page ${number}.`, { tags: ['paged'] }))
  const first = await api.call(tasks.GET, { as: key, query: 'tag=paged&limit=2' })
  expect(first.body['items']).toHaveLength(2)
  const next = asString(first.body['nextCursor'])
  const second = await api.call(tasks.GET, { as: key, query: `tag=paged&limit=2&cursor=${next}` })
  expect(second.body).toMatchObject({ items: [{ preview: 'Page 1.' }], nextCursor: null })
  const refused = await api.call(tasks.GET, { as: key, query: 'stauts=failed&limit=0&status=done' })
  expect(refused.status).toBe(422)
  expect(issuePaths(refused)?.toSorted()).toEqual(['limit', 'status.0', 'stauts'])
})

test('the catalogue\u2019s examples can be sent as they are', async () => {
  const { body } = await api.call(workers.GET, { as: key })
  const items = body['items'] as { name: string; example: { input: unknown } }[]
  expect(items.map(({ name }) => name)).toHaveLength(6)
  for (const { name, example } of items)
    expect({ name, ...(await post({ worker: name, input: example.input })) }).toMatchObject({ name, status: 201 })
})

test('F23: fifty requests with one key at once make one task, and every reply is the same', async () => {
  const before = await count()
  const send = () => post(request('Once only.'), { headers: { 'idempotency-key': 'f23' } })
  const answers = await Promise.all(Array.from({ length: 50 }, send))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true')).toHaveLength(49)
  expect(await count()).toBe(before + 1)
})

test('F24: the same key with another body is refused, and elsewhere it is another key', async () => {
  const headers = { 'idempotency-key': 'f24' }
  const first = await post(request('One.'), { headers })
  const other = await post(request('Two.'), { headers })
  expect(other).toMatchObject({ status: 422, body: { issues: [{ path: 'Idempotency-Key' }] } })
  const elsewhere = await api.database.workspace('Elsewhere')
  const stranger = await api.key(elsewhere, ['run'])
  const independent = await post(request('One.'), { headers, as: stranger, workspace: elsewhere.id })
  expect(independent.status).toBe(201)
  expect(independent.body['id']).not.toBe(first.body['id'])
  expect(independent.headers.get('idempotent-replayed')).toBeNull()
})

test('F25: a key that is empty, too long or has control characters is refused; after 24 hours it is new', async () => {
  for (const bad of ['', 'x'.repeat(256), 'a\u0001b', 'a b'])
    expect({ bad, ...(await post(request(), { headers: { 'idempotency-key': bad } })) }).toMatchObject({
      bad,
      status: 400,
      body: { issues: [{ path: 'Idempotency-Key' }] },
    })
  const send = () => post(request('Again.'), { headers: { 'idempotency-key': 'x'.repeat(255) } })
  const first = await send()
  await rows(`update idempotency_keys set created_at = now() - interval '24 hours 1 second' where key = $1`, [
    'x'.repeat(255),
  ])
  const second = await send()
  expect(second.status).toBe(201)
  expect(second.body['id']).not.toBe(first.body['id'])
})

test('F26: a refused request does not use its key up', async () => {
  const headers = { 'idempotency-key': 'f26' }
  expect((await post(request(''), { headers })).status).toBe(422)
  expect((await post(request('Now right.'), { headers })).status).toBe(201)
})

test('F31: a waiting task is cancelled once; an ended one is left as it is', async () => {
  const id = asString((await post(request())).body['id'])
  const params = { id }
  const cancelled = await api.call(cancel.POST, { as: key, method: 'POST', params })
  expect(cancelled).toMatchObject({ status: 200, body: { status: 'cancelled', calls: [] } })
  expect((await api.call(cancel.POST, { as: key, method: 'POST', params })).status).toBe(409)
  expect(await rows(`select state from pgboss.job where id = $1 and state in ('created', 'active')`, [id])).toEqual([])
  const again = await api.call(retry.POST, { as: key, params, body: { engine: 'rules' } })
  expect(again).toMatchObject({ status: 200, body: { status: 'pending', engine: 'rules' } })
  expect(await rows(`select array_agg(type order by seq) as types from events where task_id = $1`, [id])).toEqual([
    { types: ['submitted', 'cancelled', 'retried'] },
  ])
})

test('a selection is cancelled by ids or by query, and what was left alone is said', async () => {
  const ids = [asString((await post(request('A.'))).body['id']), asString((await post(request('B.'))).body['id'])]
  const first = await api.call(bulkCancel.POST, { as: key, body: { ids } })
  expect(first.body).toMatchObject({ matched: 2, changed: 2, skipped: [] })
  const second = await api.call(bulkCancel.POST, { as: key, body: { ids } })
  expect(second.body).toMatchObject({ matched: 2, changed: 0, skipped: [{ why: expect.any(String) }, {}] })
  await post(request('C.', { tags: ['bulk'] }))
  const byQuery = await api.call(bulkCancel.POST, { as: key, body: { query: { tag: ['bulk'] } } })
  expect(byQuery.body).toMatchObject({ matched: 1, changed: 1 })
  expect(issuePaths(await api.call(bulkCancel.POST, { as: key, body: {} }))).toBeDefined()
})

test('F67: what only the system sets is refused in every body', async () => {
  const { body } = await post(request())
  const params = { id: asString(body['id']) }
  const before = await rows('select * from tasks where id = $1', [params.id])
  for (const field of ['id', 'status', 'workspaceId', 'costMicros', 'epoch', 'submittedBy', 'result']) {
    const more = { [field]: 'x' }
    expect(issuePaths(await post(request('x', more)))).toEqual([field])
    expect(issuePaths(await api.call(cancel.POST, { as: key, params, body: more }))).toEqual([field])
    expect(issuePaths(await api.call(retry.POST, { as: key, params, body: more }))).toEqual([field])
  }
  expect(issuePaths(await post({ worker: 'summarizer', input: { text: 'x', model: 'y' } }))).toEqual(['input.model'])
  expect(await rows('select * from tasks where id = $1', [params.id])).toEqual(before)
})

test('F63: a workspace in the body does not lead into another one', async () => {
  const other = await api.database.workspace('Other')
  expect(issuePaths(await post(request('x', { workspaceId: other.id })))).toEqual(['workspaceId'])
  expect((await post(request('x'), { workspace: other.id })).status).toBe(401)
  expect(await rows('select from tasks where workspace_id = $1', [other.id])).toEqual([])
})

test('F68: NUL, half surrogates and broken UTF-8 are refused with their field, in every text', async () => {
  for (const bad of ['a\u0000b', '\ud800', 'x\udc00']) {
    expect(issuePaths(await post(request(bad)))).toEqual(['input.text'])
    expect(issuePaths(await post(request('x', { title: bad })))).toEqual(['title'])
    expect(issuePaths(await post(request('x', { tags: ['ok', bad] })))).toEqual(['tags.1'])
    expect(issuePaths(await post(request('x', { externalId: bad })))).toEqual(['externalId'])
    expect(issuePaths(await post({ worker: 'translator', input: { text: 'x', target: bad } }))).toEqual([
      'input.target',
    ])
    expect(issuePaths(await post({ ...request(), worker: bad }))).toEqual(['worker'])
  }
  const raw = Buffer.concat([
    Buffer.from('{"worker":"summarizer","input":{"text":"a'),
    Buffer.from([0xc3, 0x28]),
    Buffer.from('"}}'),
  ])
  expect(issuePaths(await post(undefined, { raw }))).toEqual(['input.text'])
  for (const query of ['search=%00', 'search=%ff', 'externalId=%00', 'tag=%ed%a0%80'])
    expect({ query, ...(await api.call(tasks.GET, { as: key, query })) }).toMatchObject({ query, status: 422 })
})

test('F68: one character, right-to-left text, marks and the longest text are accepted as they are', async () => {
  const longest = 'é'.repeat(200_000)
  for (const text of ['x', '\u05E9\u05DC\u05D5\u05DD', 'a\u202Eb\u2066c\u2069', '\u{1F600}', longest]) {
    const { status, body } = await post(request(text))
    expect(status).toBe(201)
    expect((body['input'] as { text: string }).text === text).toBe(true)
  }
  expect((await post(request('\uFEFFWith a mark.'))).body).toMatchObject({ input: { text: 'With a mark.' } })
  const escaped = JSON.stringify(request(longest)).replaceAll('é', '\\u00e9')
  expect(escaped.length).toBeGreaterThan(1_200_000)
  expect((await post(undefined, { raw: escaped })).status).toBe(201)
  expect(issuePaths(await post(request('x'.repeat(200_001))))).toEqual(['input.text'])
  expect(issuePaths(await post(request('x'.repeat(1_000_000))))).toEqual(['input.text'])
})

test('F69: ten megabytes, endless nesting, a million elements and 1e400 are refused and cost little', async () => {
  const before = process.memoryUsage().rss
  expect((await post(undefined, { raw: JSON.stringify(request('x'.repeat(10_000_000))) })).status).toBe(413)
  const nested = `{"worker":"summarizer","input":{"text":"x","more":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`
  expect(await post(undefined, { raw: nested })).toMatchObject({ status: 422, body: { issues: [{ path: 'input' }] } })
  const wide = `{"worker":"summarizer","input":{"text":"x"},"tags":[${'1,'.repeat(900_000)}1]}`
  expect(await post(undefined, { raw: wide })).toMatchObject({ status: 422, body: { issues: [{ path: 'tags' }] } })
  const infinite = '{"worker":"summarizer","input":{"text":"x","sentences":1e400}}'
  expect(issuePaths(await post(undefined, { raw: infinite }))).toEqual(['input.sentences'])
  const twice = '{"worker":"summarizer","input":{"text":"first"},"input":{"text":"last"}}'
  expect((await post(undefined, { raw: twice })).body).toMatchObject({ input: { text: 'last' } })
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
})

test('F70: inherited names are refused and nothing is polluted', async () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'prototype']) {
    const value = `{"polluted":true,"prototype":{"polluted":true}}`
    for (const raw of [
      `{"worker":"summarizer","input":{"text":"x"},"${name}":${value}}`,
      `{"worker":"summarizer","input":{"text":"x","${name}":${value}}}`,
    ])
      expect((await post(undefined, { raw })).status).toBe(422)
  }
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
})

test('F71: filters are values, never statements or patterns, and answer quickly', async () => {
  await post(request('Fifty per cent of it.', { externalId: '50%_\\', tags: ["o'brien"] }))
  const list = async (query: Record<string, string>) => {
    const startedAt = performance.now()
    const answer = await api.call(tasks.GET, { as: key, query: new URLSearchParams(query).toString() })
    return { ...answer, tookMs: performance.now() - startedAt }
  }
  const nothing: Record<string, string>[] = [
    { externalId: "' or 1=1 --" },
    { externalId: '%' },
    { externalId: '50%' },
    { search: `'); drop table tasks; --` },
    { search: '%' },
    { search: '_'.repeat(200) },
    { search: `${'(a+'.repeat(60)}$` },
    { search: `${'a & ! | '.repeat(20)}:*` },
    { tag: "x' or 'a'='a" },
    { worker: 'summarizer"; delete from tasks' },
  ]
  for (const query of nothing) {
    const { status, body, tookMs } = await list(query)
    expect({ query, status, items: body['items'] }).toEqual({ query, status: 200, items: [] })
    expect(tookMs).toBeLessThan(500)
  }
  expect((await list({ externalId: '50%_\\' })).body['items']).toHaveLength(1)
  expect((await list({ tag: "o'brien" })).body['items']).toHaveLength(1)
  for (const name of ['sort', 'order', 'orderBy', 'column'])
    expect(issuePaths(await list({ [name]: 'id; drop table tasks' }))).toEqual([name])
  expect(await count()).toBeGreaterThan(0)
})

test('a wrong worker, an empty text and a past due date are refused by their field', async () => {
  expect(issuePaths(await post({ ...request(), worker: 'poet' }))).toEqual(['worker'])
  expect(issuePaths(await post(request('   ')))).toEqual(['input.text'])
  expect(issuePaths(await post(request('x', { dueAt: '2020-01-01T00:00:00Z' })))).toEqual(['dueAt'])
  expect(issuePaths(await post(request('x', { dueAt: 'tomorrow' })))).toEqual(['dueAt'])
  expect(issuePaths(await post(request('x', { dueAt: '2099-01-01T00:00:00' })))).toEqual(['dueAt'])
  expect(issuePaths(await post({ input: { text: 'x' } }))).toEqual(['worker'])
  expect(issuePaths(await post([]))).toEqual([''])
})

test('F62: a task that a key has submitted goes on after the key is revoked, and still names it', async () => {
  const spare = await api.key(api.workspace, ['run', 'read'])
  const { body } = await post(request('Goes on.'), { as: spare })
  await rows('update api_keys set revoked_at = now() where id = $1', [spare.keyId])
  expect((await post(request('Too late.'), { as: spare })).status).toBe(401)
  const found = await api.call(item.GET, { as: member, params: { id: asString(body['id']) } })
  expect(found.body).toMatchObject({ status: 'pending', submittedBy: { kind: 'key', id: spare.keyId } })
})
