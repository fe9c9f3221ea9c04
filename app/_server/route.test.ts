import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import * as keyItem from '#app/api/v1/workspaces/[workspace]/api-keys/[id]/route.ts'
import * as keys from '#app/api/v1/workspaces/[workspace]/api-keys/route.ts'
import * as tasks from '#app/api/v1/workspaces/[workspace]/tasks/route.ts'
import { ORIGIN, type Asker, testApi, type TestApi } from '#app/api/test-api.ts'
import { defineRoute, workspaceParams } from './route.ts'

let api: TestApi
let admin: Asker & { userId: string }
beforeAll(async () => {
  api = await testApi()
  admin = await api.member(api.workspace, 'admin')
})
afterAll(() => api.close())

const newKey = (name = 'Import') => ({ name, scopes: ['run'] })
const keyCount = async () => (await api.database.admin.query('select from api_keys')).rowCount

test('every answer carries a request id, is never cached, and errors are problems', async () => {
  const ok = await api.call(keys.GET, { as: admin })
  expect(ok.status).toBe(200)
  expect(ok.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  expect(ok.headers.get('cache-control')).toBe('private, no-store')
  expect(ok.headers.get('x-content-type-options')).toBe('nosniff')

  const refused = await api.call(keys.GET, { as: null })
  expect(refused.status).toBe(401)
  expect(refused.headers.get('content-type')).toBe('application/problem+json')
  expect(refused.headers.get('www-authenticate')).toBe('Bearer')
  expect(refused.body).toEqual({
    type: 'urn:baton:problem:unauthenticated',
    title: 'Not signed in',
    status: 401,
    detail: expect.any(String),
    code: 'unauthenticated',
    advice: expect.any(String),
    requestId: refused.headers.get('x-request-id'),
  })
})

test('F61: a cookie alone changes nothing: the origin must be ours, and no other site may be behind it', async () => {
  const before = await keyCount()
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: ORIGIN, 'sec-fetch-site': 'cross-site' },
    { origin: ORIGIN, 'sec-fetch-site': 'same-site' },
  ]
  for (const headers of foreign)
    expect((await api.call(keys.POST, { as: admin, body: newKey(), headers })).status).toBe(403)
  const { origin: _, ...withoutOrigin } = admin.headers
  expect((await api.call(keys.POST, { as: { headers: withoutOrigin }, body: newKey() })).status).toBe(403)
  expect(await keyCount()).toBe(before)
  expect((await api.call(keys.POST, { as: admin, body: newKey() })).status).toBe(201)
})

test('F63: a key in the address is refused, wherever it stands', async () => {
  const { secret } = await api.key(api.workspace, ['read'])
  for (const query of [`api_key=${secret}`, `search=${secret}`, 'access_token=x'])
    expect(await api.call(keys.GET, { as: null, query })).toMatchObject({
      status: 400,
      body: { code: 'invalid_input' },
    })
})

test('words that only look a little like a key may be searched for', async () => {
  for (const words of ['bt_live', 'bt_', `bt_${'x'.repeat(64)}`, 'a bt_0123 part number'])
    expect(
      (await api.call(tasks.GET, { as: admin, query: new URLSearchParams({ search: words }).toString() })).status,
    ).toBe(200)
  const { secret } = await api.key(api.workspace, ['read'])
  for (const words of [`key ${secret}`, `Bearer ${secret}`, secret.slice(0, 40)])
    expect(
      await api.call(tasks.GET, { as: admin, query: new URLSearchParams({ search: words }).toString() }),
    ).toMatchObject({ status: 400, body: { issues: [{ path: 'search' }] } })
})

test('a key that is not valid is refused even beside a valid cookie', async () => {
  const headers = { authorization: `Bearer bt_${'0'.repeat(64)}` }
  expect((await api.call(keys.GET, { as: admin, headers })).status).toBe(401)
})

test('F67: a field that nobody may set is refused by name, and nothing changes', async () => {
  const before = await keyCount()
  for (const field of ['id', 'role', 'workspaceId', 'status', 'cost', 'sha256'])
    expect(await api.call(keys.POST, { as: admin, body: { ...newKey(), [field]: 'x' } })).toMatchObject({
      status: 422,
      body: { issues: [{ path: field, message: 'This field is not known here.' }] },
    })
  expect(await keyCount()).toBe(before)
})

test('F69: a body above the limit is refused while it streams, whatever length it claims', async () => {
  let pulled = 0
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      pulled += 1
      controller.enqueue(new Uint8Array(100_000).fill(32))
    },
  })
  expect(await api.call(keys.POST, { as: admin, raw: endless })).toMatchObject({
    status: 413,
    body: { code: 'too_large' },
  })
  expect(pulled).toBeLessThan(20)
  const headers = { 'content-length': '10000000' }
  expect((await api.call(keys.POST, { as: admin, raw: '{}', headers })).status).toBe(413)
})

test('a body cut on the way is not taken for a whole one', async () => {
  const raw = JSON.stringify(newKey())
  const headers = { 'content-length': String(raw.length + 10) }
  expect((await api.call(keys.POST, { as: admin, raw, headers })).status).toBe(400)
})

test('a body that is not JSON is refused by its media type', async () => {
  const headers = { 'content-type': 'text/plain' }
  expect((await api.call(keys.POST, { as: admin, raw: JSON.stringify(newKey()), headers })).status).toBe(415)
})

test('F68, F70: broken text and inherited names in the address are refused with their field', async () => {
  const path = async (query: string) => (await api.call(keys.GET, { as: admin, query })).body['issues']
  expect(await path('name=%00')).toMatchObject([{ path: 'name' }])
  expect(await path('name=%ff')).toMatchObject([{ path: 'name' }])
  for (const name of ['__proto__', 'constructor', 'toString'])
    expect(await path(`${name}=1`)).toMatchObject([{ path: name }])
})

test('an id that cannot be one is answered as an unknown id is', async () => {
  const answers = await Promise.all(
    ['0190a000-0000-7000-8000-000000000000', 'x', '1; drop table api_keys'].map((id) =>
      api.call(keyItem.DELETE, { as: admin, method: 'DELETE', params: { id } }),
    ),
  )
  for (const { status, body } of answers) {
    expect(status).toBe(404)
    expect({ ...body, requestId: '' }).toEqual({ ...answers[0]?.body, requestId: '' })
  }
})

test('rights come before contents: a viewer learns nothing about a body', async () => {
  const viewer = await api.member(api.workspace, 'viewer')
  expect((await api.call(keys.POST, { as: viewer, raw: 'not json' })).status).toBe(403)
})

test('a former slug redirects to the present one, method and query kept', async () => {
  await api.database.admin.query('insert into workspace_slugs (slug, workspace_id) values ($1, $2)', [
    'the-old-name',
    api.workspace.id,
  ])
  const moved = await api.call(keys.GET, { as: admin, workspace: 'the-old-name', query: 'a=1' })
  expect(moved.status).toBe(308)
  expect(moved.headers.get('location')).toBe(`/api/v1/workspaces/${api.workspace.slug}?a=1`)
  const stranger = await api.member(await api.database.workspace('Other'), 'owner')
  expect((await api.call(keys.GET, { as: stranger, workspace: 'the-old-name' })).status).toBe(404)
})

test('F62: a key that is revoked counts no more from the next request on', async () => {
  const key = await api.key(api.workspace, ['read', 'run'])
  const read = defineRoute(
    { name: 't', summary: '', action: 'task.read', params: workspaceParams, responses: {} },
    async ({ inWorkspace }) => ({ status: 200, body: await inWorkspace(async ({ actor }) => actor) }),
  )
  expect((await api.call(read, { as: key })).body).toMatchObject({ kind: 'key', id: key.keyId })
  const running = Array.from({ length: 50 }, () => api.call(read, { as: key }))
  const revoked = await api.call(keyItem.DELETE, { as: admin, method: 'DELETE', params: { id: key.keyId } })
  expect(revoked.body['revokedAt']).toBeTruthy()
  const after = await Promise.all(Array.from({ length: 50 }, () => api.call(read, { as: key })))
  expect(after.every(({ status }) => status === 401)).toBe(true)
  expect((await Promise.all(running)).every(({ status }) => status === 200 || status === 401)).toBe(true)
})

test('F59, F60: a role lowered, a membership ended and a session revoked count from the next request and look on', async () => {
  const one = await api.member(api.workspace, 'admin')
  let verify: () => Promise<void> = async () => undefined
  const lasting = defineRoute(
    { name: 't', summary: '', action: 'key.read', params: workspaceParams, responses: {} },
    async (given) => {
      verify = given.verify
      return { status: 200 }
    },
  )
  const now = async () => ({
    answer: (await api.call(lasting, { as: one })).status,
    look: await verify().then(
      () => null,
      (error: unknown) => (error as { code?: string }).code,
    ),
  })
  const change = (text: string) => api.database.admin.query(text, [one.userId])
  expect(await now()).toEqual({ answer: 200, look: null })
  await change(`update members set role = 'viewer' where user_id = $1`)
  expect(await now()).toEqual({ answer: 403, look: 'forbidden' })
  await change('delete from members where user_id = $1')
  expect(await now()).toEqual({ answer: 404, look: 'not_found' })
  await change('delete from sessions where user_id = $1')
  expect(await now()).toEqual({ answer: 401, look: 'unauthenticated' })
})

test('F11: while every connection is taken, a request is answered 503 within five seconds', async () => {
  const slow = await Promise.all(Array.from({ length: 10 }, () => api.database.app.pool.connect()))
  const startedAt = performance.now()
  const answer = await api.call(keys.GET, { as: admin })
  expect(answer).toMatchObject({ status: 503, body: { code: expect.stringMatching(/busy|database_unavailable/) } })
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(performance.now() - startedAt).toBeLessThan(5_000)
  for (const client of slow) client.release()
  expect((await api.call(keys.GET, { as: admin })).status).toBe(200)
})

test('F7: with the database gone the answer is 503 with Retry-After and tells nothing of its inside', async () => {
  const failing = defineRoute(
    { name: 't', summary: '', action: 'task.read', params: workspaceParams, responses: {} },
    ({ inWorkspace }) =>
      inWorkspace(async ({ tx }) => {
        const { rows } = await tx.execute<{ pid: number }>('select pg_backend_pid() as pid')
        await api.database.admin.query('select pg_terminate_backend($1)', [rows[0]?.pid])
        await tx.execute('select 1')
        return { status: 200 }
      }),
  )
  const answer = await api.call(failing, { as: admin })
  expect(answer).toMatchObject({ status: 503, body: { code: 'database_unavailable' } })
  expect(answer.headers.get('retry-after')).toBe('5')
  expect(answer.text).not.toMatch(/select 1|backend|pg_|terminat/)
})

test('a mistake of ours is answered without a word of its cause', async () => {
  const broken = defineRoute(
    { name: 't', summary: '', action: 'task.read', params: workspaceParams, responses: {} },
    ({ inWorkspace }) =>
      inWorkspace(async ({ tx }) => ({ status: 200, body: await tx.execute('select secret from vault') })),
  )
  const answer = await api.call(broken, { as: admin })
  expect(answer).toMatchObject({ status: 500, body: { code: 'internal_error' } })
  expect(answer.text).not.toMatch(/vault|secret/)
})

test('a public route asks nobody who they are', async () => {
  const open = defineRoute(
    { name: 't', summary: '', action: null, query: z.strictObject({ a: z.string() }), responses: {} },
    async ({ query }) => ({ status: 200, body: query }),
  )
  expect(await api.call(open, { query: 'a=1' })).toMatchObject({ status: 200, body: { a: '1' } })
  expect((await api.call(open, { query: 'b=1' })).status).toBe(422)
})
