// F74, F75: files over HTTP arrive whole or not at all, and never come back as a page.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MAX_DOCUMENT_BYTES } from '#lib/documents/states.ts'
import { DELETE } from '#app/api/v1/workspaces/[workspace]/documents/[id]/route.ts'
import { GET as getOriginal } from '#app/api/v1/workspaces/[workspace]/documents/[id]/original/route.ts'
import { GET as getPages } from '#app/api/v1/workspaces/[workspace]/documents/[id]/pages/route.ts'
import { GET as list, POST } from '#app/api/v1/workspaces/[workspace]/documents/route.ts'
import { type Answer, type Asker, type Call, testApi, type TestApi } from './test-api.ts'

let api: TestApi
let owner: Asker
beforeAll(async () => {
  api = await testApi()
  owner = await api.member(api.workspace, 'owner')
})
afterAll(() => api.close())

const upload = (raw: BodyInit, { query = 'name=letter.txt', ...more }: Call = {}): Promise<Answer> =>
  api.call(POST, { as: owner, raw, query, ...more })

async function stored(): Promise<unknown> {
  const { rows } = await api.database.admin.query(
    'select (select count(*)::int from documents) as documents, (select count(*)::int from document_bytes) as pieces',
  )
  return rows[0]
}

function streamOf(size: number, { breaks = false } = {}): ReadableStream<Uint8Array> {
  let left = size
  return new ReadableStream({
    pull: (controller) => {
      if (left === 0 && breaks) return controller.error(new Error('gone'))
      if (left === 0) return controller.close()
      const part = randomBytes(Math.min(left, 500_000))
      left -= part.length
      controller.enqueue(part)
    },
  })
}

test('a file is uploaded as it is, listed, downloaded byte for byte and deleted', async () => {
  const bytes = randomBytes(1_700_000)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const answer = await upload(new Uint8Array(bytes), { query: `name=scan.pdf&sha256=${sha256}` })
  expect(answer).toMatchObject({
    status: 201,
    body: { name: 'scan.pdf', size: bytes.length, sha256, duplicate: false },
  })
  const params = { id: String(answer.body['id']) }
  expect(answer.headers.get('location')).toMatch(new RegExp(`/documents/${params.id}$`))
  expect((await upload(new Uint8Array(bytes))).status).toBe(200)
  expect((await api.call(list, { as: owner })).body).toMatchObject({ items: [{ id: params.id }] })
  const original = await api.send(getOriginal, { as: owner, params })
  expect(Buffer.from(await original.arrayBuffer()).equals(bytes)).toBe(true)
  expect((await api.call(DELETE, { as: owner, params, method: 'DELETE' })).status).toBe(204)
  expect(await stored()).toEqual({ documents: 0, pieces: 0 })
})

test('the original is a download under its own name, whatever is in either', async () => {
  const name = '../..\\evil"\r\nX-Injected: yes\u202Efdp.html'
  const { body } = await upload('<script>alert(1)</script>', { query: `name=${encodeURIComponent(name)}` })
  expect(body['name']).toBe('evil"X-Injected: yesfdp.html')
  const { headers } = await api.send(getOriginal, { as: owner, params: { id: String(body['id']) } })
  expect(headers.get('content-type')).toBe('application/octet-stream')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[^"]*\.html"; filename\*=UTF-8''[\w%.-]+$/)
  expect(headers.get('x-injected')).toBeNull()
})

test('F75: an empty file, one above the limit, a cut one and one that broke off are refused and leave nothing', async () => {
  const before = await stored()
  const answers = [
    await upload(''),
    await upload(streamOf(MAX_DOCUMENT_BYTES + 1)),
    await upload('x', { headers: { 'content-length': String(MAX_DOCUMENT_BYTES + 1) } }),
    await upload('only this', { headers: { 'content-length': '5000' } }),
    await upload(streamOf(2_000_000, { breaks: true })),
    await upload('other bytes', { query: `name=a.txt&sha256=${'0'.repeat(64)}` }),
    await upload('no name', { query: '' }),
  ]
  expect(answers.map(({ status, body }) => `${status} ${String(body['code'])}`)).toEqual([
    '422 invalid_input',
    '413 too_large',
    '413 too_large',
    '400 invalid_input',
    '400 invalid_input',
    '422 invalid_input',
    '422 invalid_input',
  ])
  expect(await stored()).toEqual(before)
})

test('F75: an upload holds a small part of its file in memory', async () => {
  await upload(streamOf(1_000_000))
  const before = process.memoryUsage().rss
  let most = before
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 5)
  const answers = await Promise.all(Array.from({ length: 4 }, () => upload(streamOf(MAX_DOCUMENT_BYTES))))
  clearInterval(watch)
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
  expect((most - before) / 1_000_000).toBeLessThan(100)
})

test('the text of a document that is not ready, and pages that cannot be, are refused with a reason', async () => {
  const { body } = await upload(`Text ${randomUUID()}`)
  const params = { id: String(body['id']) }
  expect(await api.call(getPages, { as: owner, params })).toMatchObject({
    status: 409,
    body: { code: 'not_ready', detail: expect.stringContaining('still being read') },
  })
  expect((await api.call(getPages, { as: owner, params, query: 'from=0' })).status).toBe(422)
})

test('a download of what is deleted meanwhile breaks off instead of ending early', async () => {
  const { body } = await upload(streamOf(4_000_000))
  const params = { id: String(body['id']) }
  const original = await api.send(getOriginal, { as: owner, params })
  const reader = original.body?.getReader()
  await reader?.read()
  await api.call(DELETE, { as: owner, params, method: 'DELETE' })
  await expect(
    (async () => {
      while (!(await reader?.read())?.done);
    })(),
  ).rejects.toThrow('The document is gone.')
})

test('another site cannot upload with the cookies of a person', async () => {
  const before = await stored()
  const answer = await upload('text', { headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' } })
  expect(answer.status).toBe(403)
  expect(await stored()).toEqual(before)
})
