import { afterAll, beforeAll, expect, test } from 'vitest'
import { deleteDocument } from '#lib/documents/delete.ts'
import { finishClaim } from '#lib/documents/parse.ts'
import { uploadDocument } from '#lib/documents/upload.ts'
import { Conflict, InvalidInput } from '#lib/errors.ts'
import { submitTask } from '#lib/tasks/submit.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { createWorkflow } from '#lib/workflows/stored/drafts.ts'
import { publishWorkflow } from '#lib/workflows/stored/publish.ts'
import { SameBatch } from './accept.ts'
import { cancelBatch } from './cancel.ts'
import { feedBatches, OPEN_RUNS, OPEN_TASKS } from './feed.ts'
import { listItems } from './list-items.ts'
import { pauseBatch } from './pause.ts'
import { getBatch, listBatches } from './queries.ts'
import { readTable } from './read-table.ts'
import { filesRequest, startQuery } from './requests.ts'
import { resumeBatch } from './resume.ts'
import { replaceFile } from './replace-file.ts'
import { retryFailed } from './retry-failed.ts'
import { startFiles } from './start-files.ts'
import { startBatch } from './start.ts'

let tested: Tested
beforeAll(async () => {
  tested = await testWorkspace()
})
afterAll(() => tested.drop())

const query = async (text: string, values: unknown[] = []) => (await tested.database.admin.query(text, values)).rows
const tableOf = (texts: string[]) => readTable(Buffer.from(`text\n${texts.map((text) => `"${text}"`).join('\n')}`))
let made = 0
const texts = (count: number) => {
  made += 1
  return Array.from({ length: count }, (_, index) => `Letter ${index + 1} of lot ${made}.`)
}
const start = (lines: string[], request: Record<string, unknown> = {}, key?: string) => {
  const idempotency = key === undefined ? undefined : { key, route: 'startBatch', bodyHash: Buffer.from('same') }
  return tested.act((ctx) =>
    startBatch(
      ctx,
      tableOf(lines),
      startQuery.parse({ name: 'Letters', ...(request['workflow'] ? {} : { worker: 'summarizer' }), ...request }),
      idempotency,
    ),
  )
}
const get = (id: string) => tested.act((ctx) => getBatch(ctx, id))
const feed = () => feedBatches(tested.database.worker.db, tested.queue)
/** As workers would, with each item's task that is in the queue. */
const settle = (id: string, status: string) =>
  query(
    `with t as (update tasks set status = $2, seq = seq + 1, finished_at = now() where batch_id = $1 and status = 'pending' returning id)
     update pgboss.job set state = 'completed' where id in (select id from t)`,
    [id, status],
  )
const ended = async (id: string) => {
  for (let round = 0; round < 60; round += 1) {
    await settle(id, 'completed')
    if ((await feed()) === 0) return
  }
}

test('each row becomes a task of low priority with its text, options, event and ticket', async () => {
  const { id } = await start(['First letter.', 'Second letter.'], { options: '{"length":"short"}' })
  expect(await get(id)).toMatchObject({
    status: 'in_progress',
    size: 2,
    cells: 'pp',
    counts: { pending: 2 },
    textColumn: 'text',
  })
  const { items } = await tested.act((ctx) => listItems(ctx, id))
  expect(items.map(({ row, title, state }) => [row, title, state])).toEqual([
    [1, 'First letter.', 'pending'],
    [2, 'Second letter.', 'pending'],
  ])
  const task = items[0]?.taskId ?? ''
  expect(await tested.history(task)).toEqual(['1 submitted'])
  expect(await tested.ticket(task)).toBe('created')
  const [row] = await query(
    `select t.priority, t.options, x.body from tasks t join texts x on x.sha256 = t.text_sha256 where t.id = $1`,
    [task],
  )
  expect(row).toMatchObject({ priority: 'low', options: { length: 'short', maxKeyPoints: 5 }, body: 'First letter.' })
  expect(await tested.act((ctx) => listBatches(ctx))).toMatchObject({ items: [{ id, counts: { pending: 2 } }] })
})

test('a row without a usable text is a failed item that says why, and costs the others nothing', async () => {
  const { id } = await start(['A letter that can be read.', ' ', 'x'.repeat(200_001)])
  expect(await get(id)).toMatchObject({ cells: 'pff', counts: { pending: 1, failed: 2 } })
  const { items } = await tested.act((ctx) => listItems(ctx, id, { state: 'failed' }))
  expect(items.map(({ row, error }) => [row, error?.message])).toEqual([
    [2, 'The row has no text in this column.'],
    [3, 'The text is longer than 200,000 characters.'],
  ])
  await expect(start([' ', '  '])).rejects.toThrow(/No row has a usable text/)
})

test('of a long batch only so many items are in the queue at once, and all of them get their turn, once', async () => {
  const { id } = await start(texts(OPEN_TASKS + 250))
  expect((await get(id)).counts).toMatchObject({ pending: OPEN_TASKS, not_yet: 250 })
  expect(await Promise.all([feed(), feed()])).toEqual([0, 0])
  await settle(id, 'completed')
  const fed = await Promise.all([feed(), feed(), feed()])
  expect(fed.reduce((sum, count) => sum + count, 0)).toBe(250)
  await ended(id)
  expect(await get(id)).toMatchObject({ status: 'completed', counts: { completed: OPEN_TASKS + 250 } })
  const [counted] = await query(
    'select count(*)::int as tasks, count(distinct text_sha256)::int as texts from tasks where batch_id = $1',
    [id],
  )
  expect(counted).toEqual({ tasks: OPEN_TASKS + 250, texts: OPEN_TASKS + 250 })
})

test('whatever else the workspace submits passes a batch by', async () => {
  await start(texts(300))
  const { task } = await tested.act((ctx) =>
    submitTask(ctx, { worker: 'summarizer', input: { text: 'Just this one.' } }),
  )
  const [place] = await query(
    `select count(*)::int as before from pgboss.job b, pgboss.job own
     where own.id = $1 and b.name = own.name and b.state = 'created' and b.priority > own.priority`,
    [task.id],
  )
  expect(place?.before).toBe(0)
})

test('the same batch again is refused and leads to the first, unless the person insists; other options are another one', async () => {
  const lines = texts(3)
  const first = await start(lines)
  const refused = await start(lines).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(SameBatch)
  expect(refused).toMatchObject({ batchId: first.id, code: 'same_batch' })
  expect((await start(lines, { options: '{"length":"long"}' })).id).not.toBe(first.id)
  expect((await start(lines, { again: 'true' })).id).not.toBe(first.id)
  expect((await start(lines.toReversed())).id).not.toBe(first.id)
})

test('sent twice at the same moment it starts once; with its key it is the first answer again', async () => {
  const lines = texts(3)
  const answers = await Promise.allSettled([start(lines), start(lines), start(lines)])
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const others = texts(2)
  const keyed = await Promise.all([start(others, {}, 'key-1'), start(others, {}, 'key-1')])
  expect(new Set(keyed.map(({ id }) => id)).size).toBe(1)
  expect(keyed.filter(({ replayed }) => replayed)).toHaveLength(1)
})

test('paused, nothing waits in the queue; resumed, it goes on at its old places', async () => {
  const { id } = await start(texts(OPEN_TASKS + 5))
  const { items } = await tested.act((ctx) => listItems(ctx, id))
  const first = items[0]?.taskId ?? ''
  const [before] = await query('select tag from tasks where id = $1', [first])
  await tested.act((ctx) => pauseBatch(ctx, id))
  expect(await get(id)).toMatchObject({ status: 'paused', counts: { blocked: 0, not_yet: OPEN_TASKS + 5 } })
  expect(await tested.ticket(first)).toBe('cancelled')
  const { items: listed } = await tested.act(listBatches)
  expect(listed[0]).toMatchObject({ id, status: 'paused', counts: { blocked: 0, not_yet: OPEN_TASKS + 5 } })
  expect(await feed()).toBe(0)
  await expect(tested.act((ctx) => pauseBatch(ctx, id))).rejects.toThrow(Conflict)
  await expect(tested.act((ctx) => retryFailed(ctx, id))).rejects.toThrow(/is paused. Resume it/)
  await tested.act((ctx) => resumeBatch(ctx, id))
  expect(await get(id)).toMatchObject({ status: 'in_progress', counts: { pending: OPEN_TASKS, not_yet: 5 } })
  expect(await tested.ticket(first)).toBe('created')
  expect(await query('select tag from tasks where id = $1', [first])).toEqual([before])
  expect(await tested.history(first)).toEqual(['1 submitted', '2 blocked', '3 unblocked'])
  await expect(tested.act((ctx) => resumeBatch(ctx, id))).rejects.toThrow(/is not paused/)
})

test('retry sends back the failed items and no others, once however often it is asked', async () => {
  const { id } = await start(texts(4))
  await query(
    `update tasks set status = 'completed', finished_at = now() where id in (select task_id from batch_items where batch_id = $1 and row < 3)`,
    [id],
  )
  await settle(id, 'failed')
  expect(await get(id)).toMatchObject({ status: 'completed', cells: 'ccff' })
  const retried = await Promise.all([1, 2, 3].map(() => tested.act((ctx) => retryFailed(ctx, id))))
  expect(retried.reduce((sum, count) => sum + count, 0)).toBe(2)
  expect((await get(id)).cells).toBe('ccpp')
})

test('cancelled, what has ended stays, what waits never starts', async () => {
  const { id } = await start(texts(OPEN_TASKS + 2))
  await query(
    `update tasks set status = 'completed', finished_at = now() where id in (select task_id from batch_items where batch_id = $1 and row = 1)`,
    [id],
  )
  await tested.act((ctx) => cancelBatch(ctx, id))
  expect(await get(id)).toMatchObject({ status: 'cancelled', counts: { completed: 1, cancelled: OPEN_TASKS + 1 } })
  expect(await feed()).toBe(0)
  await expect(tested.act((ctx) => cancelBatch(ctx, id))).rejects.toThrow(/nothing to cancel/)
})

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
const upload = (name: string, text: string) =>
  tested.act(
    async (ctx) => (await uploadDocument((work) => work(ctx), { name, bytes: bytesOf(text), length: null })).id,
  )
/** As a worker process would, once it has read the file. */
const becomes = (id: string, text: string | null) =>
  tested.act(async (ctx) => {
    await ctx.tx.execute(`update documents set status = 'parsing' where id = '${id}'`)
    const claim = { id, workspaceId: ctx.workspaceId, name: '', size: 1, epoch: 0, attempt: 0 }
    if (text !== null)
      await finishClaim(ctx.tx, claim, { mediaType: 'text/plain', paged: false, metadata: {}, pages: [text] })
    else
      await ctx.tx.execute(
        `update documents set status = 'rejected', reason = 'encrypted', finished_at = now() where id = '${id}'`,
      )
  })

test('a file starts when its text is read; one that cannot be read, or was refused, is a failed item with its reason', async () => {
  const ids = await Promise.all(['a.txt', 'b.pdf', 'c.txt', 'd.txt'].map((name) => upload(name, `Bytes of ${name}`)))
  const [a = '', b = '', c = '', d = ''] = ids
  await becomes(a, 'The first letter.')
  const problem = { name: 'IMG_2214.heic', problem: 'This kind of file cannot be read here.' }
  const request = filesRequest.parse({
    name: 'Letters',
    worker: 'summarizer',
    files: [...ids.map((document) => ({ document })), problem],
  })
  const { id } = await tested.act((ctx) => startFiles(ctx, request))
  expect(await get(id)).toMatchObject({ of: 'file', cells: 'pnnnf', status: 'in_progress' })
  await becomes(b, null)
  await becomes(c, 'The third letter.')
  await tested.act((ctx) => deleteDocument(ctx, d))
  expect(await feed()).toBe(1)
  expect((await get(id)).cells).toBe('pfpff')
  const { items } = await tested.act((ctx) => listItems(ctx, id))
  expect(items.map(({ title, preview, error }) => [title, preview, error?.message ?? null])).toEqual([
    ['a', 'The first letter.', null],
    ['b', '', 'The file is protected by a password.'],
    ['c', 'The third letter.', null],
    ['d', '', 'The document was deleted before its turn.'],
    ['IMG_2214.heic', '', 'This kind of file cannot be read here.'],
  ])
  expect(await query('select document_id, name from document_uses where task_id = $1', [items[2]?.taskId])).toEqual([
    { document_id: c, name: 'c.txt' },
  ])
  expect(await feed()).toBe(0)
  await expect(
    tested.act((ctx) => startFiles(ctx, { ...request, files: [{ document: a }, problem] })),
  ).resolves.toBeTruthy()
  await expect(tested.act((ctx) => startFiles(ctx, { ...request, files: [{ document: a }, problem] }))).rejects.toThrow(
    SameBatch,
  )
  await expect(tested.act((ctx) => startFiles(ctx, { ...request, files: [{ document: id }] }))).rejects.toThrow(
    /no such document/,
  )
  await expect(tested.act((ctx) => startFiles(ctx, { ...request, files: [problem] }))).rejects.toThrow(
    /None of the files/,
  )
})

test('rows of a workflow become its runs, a few at a time; wrong options of a step are told before anything starts', async () => {
  const { id } = await start(texts(OPEN_RUNS + 3), {
    workflow: 'complete-analysis',
    options: '{"summarizer":{"length":"short"}}',
  })
  expect(await get(id)).toMatchObject({
    target: { kind: 'workflow', title: 'Complete analysis' },
    counts: { in_progress: OPEN_RUNS, not_yet: 3 },
  })
  await query(
    `with r as (update runs set status = 'completed', finished_at = now() where batch_id = $1 returning id)
     update tasks set status = 'completed', finished_at = now() where run_id in (select id from r)`,
    [id],
  )
  expect(await feed()).toBe(3)
  const { items } = await tested.act((ctx) => listItems(ctx, id, { after: OPEN_RUNS }))
  expect(items).toMatchObject([{ row: OPEN_RUNS + 1, taskId: null, state: 'in_progress' }, {}, {}])
  await tested.act((ctx) => cancelBatch(ctx, id))
  expect((await get(id)).counts).toMatchObject({ completed: OPEN_RUNS, cancelled: 3 })
  const wrong = start(texts(1), { workflow: 'complete-analysis', options: '{"summarizer":{"length":"endless"}}' })
  await expect(wrong).rejects.toThrow(InvalidInput)
  await expect(start(texts(1), { options: '{"length":"endless"}' })).rejects.toThrow(/options.length/)
})

test('rows that need a person come first, page after page, and can be asked for alone', async () => {
  const lines = texts(6)
  const { id } = await start([...lines, ' '])
  const { items } = await tested.act((ctx) => listItems(ctx, id))
  await query(`update tasks set status = 'failed', finished_at = now() where id = $1`, [items[3]?.taskId])
  await query(`update tasks set status = 'blocked', reason = 'needs_model' where id = $1`, [items[5]?.taskId])
  await query(`update tasks set status = 'blocked', reason = 'budget' where id = $1`, [items[1]?.taskId])
  const read: number[] = []
  for (let after: number | null | undefined = undefined; after !== null;) {
    const page = await tested.act((ctx) =>
      listItems(ctx, id, { order: 'needs', limit: 2, ...(after === undefined ? {} : { after }) }),
    )
    read.push(...page.items.map(({ row }) => row))
    after = page.after
  }
  expect(read).toEqual([4, 6, 7, 1, 2, 3, 5])
  const needing = await tested.act((ctx) => listItems(ctx, id, { needs: 'person' }))
  expect(needing.items.map(({ row, needsPerson }) => [row, needsPerson])).toEqual([
    [4, true],
    [6, true],
    [7, true],
  ])
  expect(await get(id)).toMatchObject({ needsPerson: 3 })
})

test('a run that asks for a decision needs a person; its row is still in progress', async () => {
  const definition = {
    title: 'Ask',
    summary: 'Asks.',
    steps: [{ name: 'ask', title: 'Ask', kind: 'approval', question: 'Is this right?' }],
  }
  await tested.act(async (ctx) => {
    await createWorkflow(ctx, { name: 'ask', draft: definition })
    await publishWorkflow(ctx, 'ask', { revision: 1 })
  })
  const { id } = await start(texts(2), { workflow: 'ask' })
  expect(await get(id)).toMatchObject({ cells: 'ii', needsPerson: 2 })
})

test('words are found in names, texts and results, whatever else they mean to SQL or JSON', async () => {
  const { id } = await start(['The parcel came late.', 'All is well.', 'A third letter, 100% fine.'])
  const { items } = await tested.act((ctx) => listItems(ctx, id))
  await query(`update tasks set status = 'completed', finished_at = now(), result = $2 where id = $1`, [
    items[1]?.taskId,
    JSON.stringify({ summary: 'She said “no” and "never".\nGrüße' }),
  ])
  const found = async (search: string) =>
    (await tested.act((ctx) => listItems(ctx, id, { search }))).items.map(({ row }) => row)
  expect(await found('PARCEL')).toEqual([1])
  expect(await found('and "never"')).toEqual([2])
  expect(await found('grüße')).toEqual([2])
  expect(await found('100%')).toEqual([3])
  expect(await found('_')).toEqual([])
  expect(await found('nowhere')).toEqual([])
})

test('only the first rows that can be worked on are tried, under their own numbers', async () => {
  const lines = [' ', ...texts(4)]
  const { id } = await start(lines, { first: '2' })
  const { items } = await tested.act((ctx) => listItems(ctx, id))
  expect(items.map(({ row, state }) => [row, state])).toEqual([
    [2, 'pending'],
    [3, 'pending'],
  ])
  expect((await start(lines)).id).not.toBe(id)
})

test('another file takes the place of one that could not be read: that row alone starts, under its own number', async () => {
  const read = async (name: string, text: string) => {
    const document = await upload(name, text)
    await becomes(document, text)
    return document
  }
  const first = await read('first.txt', 'The first letter.')
  const files = [{ document: first }, { name: 'photo.heic', problem: 'A photo.' }]
  const { id } = await tested.act((ctx) =>
    startFiles(ctx, filesRequest.parse({ name: 'Files', worker: 'summarizer', files })),
  )
  await settle(id, 'completed')
  expect(await get(id)).toMatchObject({ cells: 'cf', status: 'completed' })
  const second = await read('second.txt', 'The second letter.')
  const replace = (row: number, document: string) => tested.act((ctx) => replaceFile(ctx, id, { row, document }))
  await expect(replace(1, second)).rejects.toThrow(/Row 1 is no file whose text could not be read/)
  await expect(replace(2, id)).rejects.toThrow(InvalidInput)
  await replace(2, second)
  expect(await get(id)).toMatchObject({ cells: 'cp', status: 'in_progress', finishedAt: null })
  await expect(replace(2, second)).rejects.toThrow(Conflict)
  const { items } = await tested.act((ctx) => listItems(ctx, id))
  expect(items.map(({ row, title, error }) => [row, title, error])).toEqual([
    [1, 'first', null],
    [2, 'second', null],
  ])
  expect(await feed()).toBe(0)
})
