import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Access } from '#lib/access/actor.ts'
import { Conflict, Forbidden, InvalidInput, NotFound } from '#lib/errors.ts'
import { getTask } from '#lib/tasks/queries.ts'
import { submitTask } from '#lib/tasks/submit.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { getRun } from '#lib/workflows/queries.ts'
import { rerunFrom } from '#lib/workflows/rerun.ts'
import { beginRun, startRun } from '#lib/workflows/start.ts'
import { workflowDefinition } from '#lib/workflows/definition.ts'
import { textOfPart } from './part.ts'
import { deleteDocument } from './delete.ts'
import { claimDocument, finishDocument, rejectDocument } from './parse.ts'
import { uploadDocument } from './upload.ts'
import { listResults } from './results.ts'
import { listUses } from './used-in.ts'

let tested: Tested
beforeAll(async () => {
  tested = await testWorkspace()
})
afterAll(() => tested.drop())

const PAGES = ['The river rose.', '', 'The town did not sleep. Nobody spoke.']
let files = 0

async function add(name: string, pages: string[] | null = PAGES): Promise<string> {
  files += 1
  const bytes = Buffer.from(`file ${files}`)
  const { id } = await uploadDocument(tested.act, { name, bytes: one(bytes), length: bytes.length })
  const { db } = tested.database.worker
  const claim = await claimDocument(db, 60_000)
  if (!claim) throw new Error('There is nothing to read.')
  if (pages) await finishDocument(db, claim, { mediaType: 'application/pdf', paged: true, metadata: {}, pages })
  else await rejectDocument(db, claim, 'encrypted')
  return id
}

async function* one(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes
}

type Request = { text: unknown; title?: string; access?: Access }

const submit = ({ text, access, ...more }: Request) =>
  tested.act((ctx) => submitTask(ctx, { worker: 'summarizer', input: { text }, ...more }), { access })
const begin = ({ text, access, ...more }: Request) =>
  tested.act((ctx) => startRun(ctx, { workflow: 'complete-analysis', input: { text: text as string }, ...more }), {
    access,
  })

test('a task is given the text of some pages, and remembers them', async () => {
  const id = await add('letter of May.pdf')
  const { task } = await submit({ text: { document: id, pages: '3' } })
  expect(task).toMatchObject({
    title: 'letter of May',
    input: { text: PAGES[2] },
    document: { id, name: 'letter of May.pdf', paged: true, pages: { from: 3, to: 3 }, start: 19, deleted: false },
  })
  expect(await tested.act((ctx) => getTask(ctx, task.id))).toMatchObject({ document: task.document })
})

test('a run is given a whole document, and so are its steps; the text is stored once', async () => {
  const id = await add('letter of June.pdf')
  const run = await begin({ text: { document: id }, title: 'June' })
  const text = PAGES.join('\n\n')
  const detail = await tested.act((ctx) => getRun(ctx, run.id))
  const document = { id, name: 'letter of June.pdf', paged: true, pages: null, start: 0, deleted: false }
  expect(detail).toMatchObject({ title: 'June', text, document })
  const step = await tested.act((ctx) => getTask(ctx, String(detail.steps[0]?.taskId)))
  expect(step).toMatchObject({ input: { text }, document })
  const sha256 = createHash('sha256').update(text).digest()
  const { rows } = await tested.database.admin.query('select from texts where sha256 = $1', [sha256])
  expect(rows).toHaveLength(1)
})

test('a run that repeats another one over the same text tells of the same document, one over another text of none', async () => {
  const id = await add('letter of November.pdf')
  const run = await begin({ text: { document: id, pages: '3' } })
  const same = await tested.act((ctx) => rerunFrom(ctx, run.id, { from: 'summarizer' }))
  const other = await tested.act((ctx) => rerunFrom(ctx, run.id, { from: 'summarizer', input: { text: 'Another.' } }))
  const documents = await tested.act(async (ctx) => [
    (await getRun(ctx, run.id)).document,
    (await getRun(ctx, same.id)).document,
    (await getRun(ctx, other.id)).document,
  ])
  expect(documents).toMatchObject([{ id, pages: { from: 3, to: 3 }, start: 19 }, documents[0], null])
  expect(await tested.act((ctx) => listUses(ctx, id))).toMatchObject({ total: 2 })
})

test('a document tells what it was used in, newest first, and they tell of it when it is deleted', async () => {
  const id = await add('letter of July.pdf')
  const { task } = await submit({ text: { document: id, pages: '1-2' } })
  const run = await begin({ text: { document: id } })
  await submit({ text: 'Another text.' })
  const uses = await tested.act((ctx) => listUses(ctx, id))
  expect(uses).toMatchObject({ total: 2, completed: 0, failed: 0 })
  expect(uses.items).toMatchObject([
    { kind: 'run', id: run.id, workflow: 'Complete analysis', status: 'in_progress', pages: null, tokens: null },
    { kind: 'task', id: task.id, worker: 'summarizer', status: 'pending', pages: { from: 1, to: 2 } },
  ])
  expect(uses.items[0]?.submittedBy?.id).toBe(tested.workspace.owner.id)
  await tested.act((ctx) => deleteDocument(ctx, id))
  const kept = await tested.act((ctx) => getTask(ctx, task.id))
  expect(kept).toMatchObject({ document: { name: 'letter of July.pdf', deleted: true }, input: task.input })
  expect(await tested.act((ctx) => getRun(ctx, run.id))).toMatchObject({ document: { deleted: true } })
})

test('a submission that is sent again is answered alike, also when the document is gone', async () => {
  const id = await add('letter of August.pdf')
  const request = { worker: 'summarizer', input: { text: { document: id } } }
  const key = { key: 'august', route: 'POST tasks', bodyHash: createHash('sha256').update('august').digest() }
  const first = await tested.act((ctx) => submitTask(ctx, request, key, { last: true }))
  await tested.act((ctx) => deleteDocument(ctx, id))
  const again = await tested.act((ctx) => submitTask(ctx, request, key, { last: true }))
  expect(again).toEqual({ task: first.task, replayed: true })
})

test.each([
  ['pages that are not there', { pages: '2-9' }, 'input.text.pages', 'The document has pages 1 to 3.'],
  ['pages the wrong way round', { pages: '3-1' }, 'input.text.pages', 'the first before the last'],
  ['pages without text', { pages: '2' }, 'input.text.pages', 'There is no text on these pages'],
  ['pages that are none', { pages: 'all' }, 'input.text.pages', 'Write pages as "2-5"'],
  ['something unknown', { page: 2 }, 'input.text.page', 'not known'],
  ['a document that is none', { document: 'letter.pdf' }, 'input.text.document', 'not the id of a document'],
  [
    'a document that is not there',
    { document: '0190a000-0000-7000-8000-000000000000' },
    'input.text.document',
    'There is no such document in this workspace.',
  ],
])('%s are refused with a reason, for tasks and runs', async (_, part, path, message) => {
  const id = await add(`${message}.pdf`)
  for (const send of [submit, begin]) {
    const sent = send({ text: { document: id, ...part } })
    await expect(sent).rejects.toThrow(InvalidInput)
    await expect(sent).rejects.toMatchObject({ issues: [{ path, message: expect.stringContaining(message) }] })
  }
})

test("another workspace's document is not there", async () => {
  const id = await add('secret.pdf')
  const workspace = await tested.database.workspace()
  const request = { worker: 'summarizer', input: { text: { document: id } } }
  const sent = tested.act((ctx) => submitTask(ctx, request), { workspace })
  await expect(sent).rejects.toMatchObject({ issues: [{ path: 'input.text.document' }] })
})

test('a text that is longer than a task takes is refused with its length', async () => {
  const id = await add('long.pdf', ['a '.repeat(60_000), 'b '.repeat(60_000)])
  for (const send of [submit, begin]) {
    const sent = send({ text: { document: id } })
    await expect(sent).rejects.toMatchObject({ issues: [{ message: expect.stringContaining('240,002 characters') }] })
  }
  await expect(submit({ text: { document: id, pages: '2' } })).resolves.toMatchObject({ task: { status: 'pending' } })
})

test('a document that was rejected, or is still to be read, is refused with the reason', async () => {
  const rejected = await add('locked.pdf', null)
  const bytes = Buffer.from('not read yet')
  const { id } = await uploadDocument(tested.act, { name: 'new.txt', bytes: one(bytes), length: bytes.length })
  for (const send of [submit, begin]) {
    await expect(send({ text: { document: rejected } })).rejects.toThrow('The file is protected by a password.')
    await expect(send({ text: { document: id } })).rejects.toThrow(Conflict)
    await expect(send({ text: { document: id } })).rejects.toMatchObject({ code: 'not_ready' })
  }
  await tested.act((ctx) => deleteDocument(ctx, id))
})

test('an API key that may not read documents cannot have them read to it', async () => {
  const id = await add('private.pdf')
  for (const send of [submit, begin])
    await expect(send({ text: { document: id }, access: { scopes: ['run'] } })).rejects.toThrow(Forbidden)
})

test('what is neither a text nor a document is refused', async () => {
  await expect(begin({ text: 7 })).rejects.toMatchObject({ issues: [{ path: 'input.text' }] })
  await expect(submit({ text: 7 })).rejects.toMatchObject({ issues: [{ path: 'input.text' }] })
})

/** As a worker would: each open task quotes this word of its text. */
async function answer(quote: string, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const { input } = await tested.act((ctx) => getTask(ctx, id))
    const start = input.text.indexOf(quote)
    const place = start < 0 ? { start: null, end: null } : { start, end: start + quote.length }
    const result = {
      text: 'It is so.',
      evidence: [{ quote, ...place }],
      segments: [{ start: 0, end: 3, source: 'The' }],
    }
    await tested.database.admin.query(
      "update tasks set status = 'completed', result = $1, finished_at = now(), started_at = now() where id = $2",
      [result, id],
    )
  }
}

const results = (id: string, of: string) => tested.act((ctx) => listResults(ctx, id, { of }))
const quoted = (list: Awaited<ReturnType<typeof results>>) =>
  list.map(({ result }) => (result as { evidence: unknown[] }).evidence[0])

test('what a task found on some pages has its places in the whole document', async () => {
  const id = await add('letter of September.pdf')
  const { task } = await submit({ text: { document: id, pages: '3' } })
  expect(await results(id, task.id)).toEqual([])
  await answer('Nobody', [task.id])
  const found = await results(id, task.id)
  const start = PAGES.join('\n\n').indexOf('Nobody')
  expect(found).toMatchObject([{ taskId: task.id, worker: 'summarizer', title: null, part: null }])
  expect(quoted(found)).toEqual([{ quote: 'Nobody', start, end: start + 6 }])
  expect(found[0]?.result).toMatchObject({ text: 'It is so.', segments: [{ start: 19, end: 22, source: 'The' }] })
})

test('so has what the parts of a run found, each in its own stretch', async () => {
  const long = [
    'First page.',
    `# One\n\n${'Water rose here. '.repeat(600)}\n\n# Two\n\n${'Fire came there. '.repeat(600)}`,
  ]
  const id = await add('long letter.pdf', long)
  const workflow = workflowDefinition.parse({
    name: 'in-parts',
    title: 'In parts',
    summary: 'Each part is summed up.',
    steps: [
      { name: 'parts', title: 'Each part', kind: 'map', over: 'chunks', worker: 'summarizer' },
      { name: 'tone', title: 'Tone', kind: 'worker', worker: 'sentiment-analyzer' },
    ],
  })
  const run = await tested.act(async (ctx) => {
    const input = await textOfPart(ctx, { document: id, pages: '2' }, 'input.text')
    return beginRun(ctx, workflow, { input, engine: 'auto', priority: 'normal' })
  })
  const detail = await tested.act((ctx) => getRun(ctx, run))
  const tasks = detail.steps.flatMap(({ taskId, items }) => [taskId, ...items.map((item) => item.taskId)])
  await answer(
    'Fire',
    tasks.filter((task) => task !== null),
  )
  const found = await results(id, run)
  const fire = long.join('\n\n').indexOf('Fire')
  expect(found.map(({ title, part }) => [title, part?.label])).toEqual([
    ['Each part', 'One'],
    ['Each part', 'Two'],
    ['Tone', undefined],
  ])
  expect(found[1]?.part).toMatchObject({ start: long.join('\n\n').indexOf('# Two') })
  expect(quoted(found)).toEqual([
    { quote: 'Fire', start: null, end: null },
    { quote: 'Fire', start: fire, end: fire + 4 },
    { quote: 'Fire', start: fire, end: fire + 4 },
  ])
})

test('results of a task that did not use the document are not given away by it', async () => {
  const id = await add('letter of October.pdf')
  const { task } = await submit({ text: 'Another text.' })
  await answer('text', [task.id])
  await expect(results(id, task.id)).rejects.toThrow(NotFound)
})

test('a step that works through pages takes those of the document, empty ones left out, whole or of a range', async () => {
  const id = await add('minutes.pdf')
  const definition = workflowDefinition.parse({
    name: 'by-page',
    title: 'By page',
    summary: 'A summary of each page.',
    steps: [{ name: 'each', title: 'Each', kind: 'map', over: 'pages', worker: 'summarizer' }],
  })
  const itemsOf = (pages?: string) =>
    tested.act(async (ctx) => {
      const input = await textOfPart(ctx, { document: id, ...(pages ? { pages } : {}) }, 'input.text')
      const run = await getRun(ctx, await beginRun(ctx, definition, { input, engine: 'auto', priority: 'normal' }))
      return run.steps[0]?.items.map(({ label, start, end }) => [label, run.text.slice(start ?? 0, end ?? 0)])
    })
  expect(await itemsOf()).toEqual([
    ['Page 1', PAGES[0]],
    ['Page 3', PAGES[2]],
  ])
  expect(await itemsOf('3')).toEqual([['Page 3', PAGES[2]]])
})
