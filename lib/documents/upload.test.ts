import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Access } from '#lib/access/actor.ts'
import { asWorkspace } from '#lib/db/client.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { deleteDocument } from './delete.ts'
import { claimDocument, finishDocument } from './parse.ts'
import { documentText, getDocument, listDocuments, listPages } from './queries.ts'
import { MAX_DOCUMENT_BYTES } from './states.ts'
import { forgetAbandonedBytes, postgresStore } from './store.ts'
import { uploadDocument } from './upload.ts'

let tested: Tested
beforeAll(async () => {
  tested = await testWorkspace()
})
afterAll(() => tested.drop())

async function* inParts(bytes: Buffer, size = 300_000): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

type More = { length?: number; sha256?: string; access?: Access; name?: string; workspace?: Tested['workspace'] }

function upload(bytes: Buffer | AsyncIterable<Uint8Array>, { access, workspace, length, ...more }: More = {}) {
  return uploadDocument((work) => tested.act(work, { access, workspace }), {
    name: 'letter.txt',
    bytes: Buffer.isBuffer(bytes) ? inParts(bytes) : bytes,
    length: length ?? null,
    ...more,
  })
}

async function pieces(): Promise<number> {
  const { rows } = await tested.database.admin.query('select count(*)::int as n from document_bytes')
  return rows[0].n
}

/** Reads the document as a worker would, with these pages. */
async function read(pages: string[]): Promise<void> {
  const db = tested.database.worker.db
  const claim = await claimDocument(db, 60_000)
  if (!claim) throw new Error('There is nothing to read.')
  await finishDocument(db, claim, { mediaType: 'text/plain', paged: true, metadata: {}, pages })
}

test('a file is stored in pieces and comes back byte for byte', async () => {
  const bytes = randomBytes(2_500_000)
  const uploaded = await upload(bytes, { length: bytes.length })
  expect(uploaded).toMatchObject({ status: 'uploaded', size: bytes.length, duplicate: false, pages: null })
  expect(uploaded).toMatchObject({ sha256: createHash('sha256').update(bytes).digest('hex') })
  const store = postgresStore(tested.workspace.id, (work) => tested.act((ctx) => work(ctx.tx)))
  const parts: Uint8Array[] = []
  for await (const part of store.get(uploaded.id)) parts.push(part)
  expect(parts.map((part) => part.byteLength)).toEqual([1_000_000, 1_000_000, 500_000])
  expect(Buffer.concat(parts).equals(bytes)).toBe(true)
})

test('the same bytes again lead to the document that is there, under whatever name; another workspace has its own', async () => {
  const bytes = Buffer.from('The same letter.')
  const first = await upload(bytes)
  const before = await pieces()
  expect(await upload(bytes, { name: 'copy.txt' })).toMatchObject({ id: first.id, duplicate: true, name: 'letter.txt' })
  expect(await pieces()).toBe(before)
  const other = await tested.database.workspace('Other')
  const theirs = await upload(bytes, { workspace: other })
  expect(theirs).toMatchObject({ duplicate: false })
  expect(theirs.id).not.toBe(first.id)
  await expect(tested.act((ctx) => getDocument(ctx, theirs.id))).rejects.toThrow('The document was not found')
})

test('two uploads of the same bytes at once make one document', async () => {
  const bytes = randomBytes(1_200_000)
  const [a, b] = await Promise.all([upload(bytes), upload(bytes)])
  expect(a.id).toBe(b.id)
  expect(a.duplicate).toBe(!b.duplicate)
})

test('what is empty, too large, cut, changed on the way or broken off is refused and leaves nothing', async () => {
  const before = await pieces()
  const documents = async () => (await tested.act((ctx) => listDocuments(ctx, { limit: 200 }))).items.length
  const known = await documents()
  const bytes = randomBytes(1_500_000)
  async function* broken() {
    yield bytes
    throw new Error('broken off')
  }
  async function* endless() {
    for (;;) yield bytes
  }
  await expect(upload(Buffer.alloc(0))).rejects.toThrow('0 bytes')
  await expect(upload(bytes, { length: MAX_DOCUMENT_BYTES + 1 })).rejects.toThrow('larger than 25 MB')
  await expect(upload(endless())).rejects.toThrow('larger than 25 MB')
  await expect(upload(bytes, { length: bytes.length + 1 })).rejects.toThrow('Only 1500000 of the 1500001 bytes')
  await expect(upload(bytes, { sha256: 'a'.repeat(64) })).rejects.toThrow('another SHA-256')
  await expect(upload(broken())).rejects.toThrow('broken off')
  expect(await pieces()).toBe(before)
  expect(await documents()).toBe(known)
})

test('a file of exactly the limit is taken', async () => {
  expect(await upload(randomBytes(MAX_DOCUMENT_BYTES), { length: MAX_DOCUMENT_BYTES })).toMatchObject({
    size: MAX_DOCUMENT_BYTES,
  })
})

test('a viewer uploads and deletes nothing; a key that only runs learns no more than the state', async () => {
  const viewer: Access = { role: 'viewer', operator: false }
  await expect(upload(Buffer.from('x'), { access: viewer })).rejects.toThrow('may not upload documents')
  const { id } = await upload(Buffer.from('A text of mine.'), { access: { scopes: ['run'] } })
  expect(await upload(Buffer.from('A text of mine.'), { access: { scopes: ['run'] } })).toEqual({
    id,
    status: 'uploaded',
    duplicate: true,
  })
  await expect(tested.act((ctx) => deleteDocument(ctx, id), { access: viewer })).rejects.toThrow('may not delete')
  await expect(tested.act((ctx) => getDocument(ctx, id), { access: { scopes: ['run'] } })).rejects.toThrow(
    'may not read',
  )
})

test('a workspace whose files fill what they may have takes no more until one is deleted', async () => {
  const full = await tested.database.workspace('Full')
  const ids: string[] = []
  for (const text of ['a', 'b', 'c']) ids.push((await upload(Buffer.from(text), { workspace: full })).id)
  await tested.database.admin.query('update documents set size = 2000000000 where id = any($1)', [ids])
  await expect(upload(Buffer.from('d'), { workspace: full })).rejects.toThrow('fill the 5 GB')
  await tested.act((ctx) => deleteDocument(ctx, ids[0] ?? ''), { workspace: full })
  expect(await upload(Buffer.from('d'), { workspace: full })).toMatchObject({ duplicate: false })
})

test('bytes whose upload died with its process are forgotten after an hour, those of documents never', async () => {
  await tested.database.admin.query('delete from documents; delete from document_bytes')
  await upload(Buffer.from('Kept.'))
  await tested.database.admin.query(`insert into document_bytes (workspace_id, key, piece, bytes)
    select workspace_id, gen_random_uuid(), 0, '\\x00' from document_bytes`)
  const forget = () => tested.database.worker.db.transaction((tx) => forgetAbandonedBytes(tx))
  await forget()
  expect(await pieces()).toBe(2)
  await tested.database.admin.query(`update document_bytes set created_at = now() - interval '61 minutes'`)
  await forget()
  expect(await pieces()).toBe(1)
})

test('the list is newest first and goes on where it ended', async () => {
  await tested.database.admin.query('delete from documents')
  const ids: string[] = []
  for (const text of ['a', 'b', 'c']) ids.unshift((await upload(Buffer.from(`List ${text}`))).id)
  const page = await tested.act((ctx) => listDocuments(ctx, { limit: 2 }))
  expect(page.items.map(({ id }) => id)).toEqual(ids.slice(0, 2))
  const rest = await tested.act((ctx) => listDocuments(ctx, { limit: 2, cursor: page.nextCursor ?? undefined }))
  expect(rest).toMatchObject({ items: [{ id: ids[2] }], nextCursor: null })
})

test('a text or some of its pages is given to a task, but not more than it takes', async () => {
  await tested.database.admin.query('delete from documents')
  const { id } = await upload(Buffer.from('Pages.'))
  await expect(tested.act((ctx) => listPages(ctx, id, { from: 1 }))).rejects.toThrow('still being read')
  await read(['One 🙂.', '', 'Three.'])
  const text = (from: number, to: number, maxLength = 100) =>
    tested.act(async (ctx) => (await documentText(ctx, id, { from, to, maxLength })).text)
  expect(await text(1, Infinity)).toBe('One 🙂.\n\n\n\nThree.')
  expect(await text(3, 9)).toBe('Three.')
  expect(await text(1, 1, 7)).toBe('One 🙂.')
  expect(await text(1, 1, 6)).toBeNull()
  const pages = await tested.act((ctx) => listPages(ctx, id, { from: 2 }))
  expect(pages.map(({ page, start }) => [page, start])).toEqual([
    [2, 9],
    [3, 11],
  ])
  const whole = await text(1, 3)
  for (const { start, text: own } of pages) expect(whole?.slice(start, start + own.length)).toBe(own)
})

test('a deleted document takes its file and its pages along', async () => {
  await tested.database.admin.query('delete from documents; delete from document_bytes')
  const { id } = await upload(Buffer.from('Going.'))
  await read(['Going.', 'Gone.'])
  const left = async () => {
    const { rows } = await tested.database.admin.query('select from document_pages')
    return { pages: rows.length, pieces: await pieces() }
  }
  expect(await left()).toEqual({ pages: 2, pieces: 1 })
  await tested.act((ctx) => deleteDocument(ctx, id))
  expect(await left()).toEqual({ pages: 0, pieces: 0 })
  await expect(tested.act((ctx) => deleteDocument(ctx, id))).rejects.toThrow('The document was not found')
})

test('the wall stands around files and pages of another workspace', async () => {
  const other = await tested.database.workspace('Wall')
  const seen = await asWorkspace(tested.database.app.db, other.id, async (tx) => {
    const counts = await Promise.all(
      ['documents', 'document_pages', 'document_bytes'].map((table) => tx.execute(`select from ${table}`)),
    )
    return counts.map(({ rows }) => rows.length)
  })
  expect(seen).toEqual([0, 0, 0])
})
