import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { claimDocument, finishDocument, prolongClaim } from '#lib/documents/parse.ts'
import { deleteDocument } from '#lib/documents/delete.ts'
import { getDocument, listPages } from '#lib/documents/queries.ts'
import type { DocumentSummary } from '#lib/documents/shapes.ts'
import { uploadDocument } from '#lib/documents/upload.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { DESCRIPTION, FAST, playing, until, worker } from '../test-worker.ts'
import { openDocumentReader } from './reader.ts'
import { pdfFile } from './test-files.ts'

let tested: Tested
beforeAll(async () => {
  tested = await testWorkspace()
})
beforeEach(async () => {
  await tested.database.admin.query('delete from documents')
})
afterAll(() => tested.drop())

async function upload(name: string, content: Buffer | string, workspace = tested.workspace): Promise<string> {
  async function* bytes() {
    yield Buffer.from(content)
  }
  return (await uploadDocument((work) => tested.act(work, { workspace }), { name, bytes: bytes(), length: null })).id
}

const get = (id: string) => tested.act((ctx) => getDocument(ctx, id))
const ended = (id: string): Promise<DocumentSummary> =>
  until(async () => {
    const document = await get(id)
    return document.finishedAt === null ? null : document
  })
const asWorker = () => tested.database.worker.db
const FOUND = { mediaType: 'text/plain', paged: false, metadata: {}, pages: ['found by the first'] }

test('a worker process reads what was uploaded before and after its start, and a bad file harms no other', async () => {
  const first = await upload('letter.pdf', pdfFile(['The first page.', 'The second.']))
  const running = await worker(
    tested.database,
    playing(() => null),
    { describe: DESCRIPTION },
  )
  expect(await ended(first)).toMatchObject({ status: 'ready', pages: 2, paged: true, characters: 28 })
  expect(await tested.act((ctx) => listPages(ctx, first, { from: 1 }))).toEqual([
    { page: 1, start: 0, text: 'The first page.' },
    { page: 2, start: 17, text: 'The second.' },
  ])
  const [bad, good] = [await upload('bad.pdf', '%PDF-1.4 no'), await upload('good.txt', 'Fine.')]
  expect(await ended(bad)).toMatchObject({
    status: 'rejected',
    rejection: { reason: 'corrupt', message: expect.stringContaining('damaged'), advice: expect.any(String) },
    mediaType: 'application/pdf',
  })
  expect(await ended(good)).toMatchObject({ status: 'ready', characters: 5 })
  await running.stop()
})

test('a document whose reader died is read by another; what the first then finds is not stored', async () => {
  const id = await upload('letter.txt', 'A letter.')
  const dead = await claimDocument(asWorker(), 1)
  expect(dead).toMatchObject({ id, attempt: 1 })
  const reader = openDocumentReader({ db: asWorker(), pollMs: 20 })
  expect(await ended(id)).toMatchObject({ status: 'ready', characters: 9 })
  await reader.stop()
  expect(dead && (await prolongClaim(asWorker(), dead, 1_000))).toBe(false)
  expect(dead && (await finishDocument(asWorker(), dead, FOUND))).toBe(false)
  expect(await get(id)).toMatchObject({ characters: 9 })
})

test('a document that three readers died of is rejected with that reason', async () => {
  const id = await upload('killer.txt', 'It kills.')
  for (const attempt of [1, 2, 3])
    expect(await until(() => claimDocument(asWorker(), 1))).toMatchObject({ id, attempt })
  await until(async () => {
    expect(await claimDocument(asWorker(), 1)).toBeNull()
    return (await get(id)).finishedAt
  })
  expect(await get(id)).toMatchObject({ status: 'rejected', rejection: { reason: 'parser_crashed' } })
})

test('one file of a workspace does not wait behind the many of another', async () => {
  const many: string[] = []
  for (const text of ['a', 'b', 'c', 'd']) many.push(await upload(`${text}.txt`, `Text ${text}.`))
  const other = await tested.database.workspace('Other')
  const one = await upload('one.txt', 'One.', other)
  const order: (string | undefined)[] = []
  for (let turn = 0; turn < 5; turn += 1) order.push((await claimDocument(asWorker(), 60_000))?.id)
  expect(order).toEqual([many[0], one, ...many.slice(1)])
})

test('a claim that is prolonged keeps others away, and two readers never hold the same document', async () => {
  await upload('one.txt', 'One.')
  await upload('two.txt', 'Two.')
  const claims = await Promise.all([1, 2, 3].map(() => claimDocument(asWorker(), 60_000)))
  expect(new Set(claims.flatMap((claim) => claim?.id ?? [])).size).toBe(2)
  expect(claims.filter((claim) => claim === null)).toHaveLength(1)
})

test('stopping gives back what is being read, and it does not count as a try', async () => {
  const id = await upload('long.txt', 'word '.repeat(900_000))
  const reader = openDocumentReader({ db: asWorker(), pollMs: FAST.heartbeatMs })
  await until(async () => (await get(id)).status === 'parsing')
  await reader.stop()
  const { rows } = await tested.database.admin.query('select status, parse_attempts, leased_until from documents')
  expect(rows).toEqual([{ status: 'uploaded', parse_attempts: 0, leased_until: null }])
})

test('a document that is deleted while it is read leaves nothing', async () => {
  const id = await upload('gone.txt', 'Going.')
  const claim = await claimDocument(asWorker(), 60_000)
  await tested.act((ctx) => deleteDocument(ctx, id))
  expect(claim && (await finishDocument(asWorker(), claim, FOUND))).toBe(false)
  const { rows } = await tested.database.admin.query(
    `select (select count(*)::int from document_pages where document_id = $1) as pages,
      (select count(*)::int from document_bytes where key = $1) as pieces`,
    [id],
  )
  expect(rows).toEqual([{ pages: 0, pieces: 0 }])
})
