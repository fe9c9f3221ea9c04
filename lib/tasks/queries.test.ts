import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { InvalidInput, NotFound } from '#lib/errors.ts'
import { foldSearch } from '#lib/db/fold-search.ts'
import { cancelTask } from './cancel.ts'
import { eventsSince } from './events.ts'
import { taskFacets } from './facets.ts'
import { countTasks, getTask, listTasks, taskNeighbours } from './queries.ts'
import { readTaskQuery, type TaskQuery } from './requests.ts'
import { type Tested, testWorkspace } from './test-workspace.ts'

let tested: Tested
const ids: string[] = []

beforeAll(async () => {
  tested = await testWorkspace()
  const workers = ['summarizer', 'translator', 'summarizer']
  for (let n = 0; n < 9; n += 1) {
    const { id } = await tested.submit({
      worker: workers[n % 3],
      input: { text: `Text number ${n} about ${n % 2 ? 'herons' : 'otters'}.` },
      tags: [`parity-${n % 2}`, ...(n === 4 ? ['four'] : [])],
      priority: n === 5 ? 'urgent' : 'normal',
      ...(n === 6 ? { externalId: 'order 6' } : {}),
    })
    ids.push(id)
  }
  await tested.act((ctx) => cancelTask(ctx, ids[7] as string))
  await tested.database.admin.query(
    `update tasks set status = 'failed', finished_at = now(), error = '{"code":"x","message":"Badger trouble."}' where id = $1`,
    [ids[8]],
  )
  await tested.submit({}, await tested.database.workspace())
  await foldSearch(tested.database.worker.db)
})
afterAll(() => tested.drop())

const list = (query: TaskQuery) => tested.act((ctx) => listTasks(ctx, query))
const numbers = async (query: TaskQuery) => (await list(query)).items.map((task) => ids.indexOf(task.id))

test('a list shows the workspace and nothing else, newest first', async () => {
  expect(await numbers({})).toEqual([8, 7, 6, 5, 4, 3, 2, 1, 0])
})

test('pages follow each other without a gap or a repetition, under any filter', async () => {
  for (const filter of [
    {},
    { status: ['pending', 'failed'] },
    { tag: ['parity-0', 'four'] },
    { search: 'text' },
  ] as const) {
    const all = await numbers(filter as TaskQuery)
    const paged: number[] = []
    let cursor: string | undefined
    do {
      const page = await list({ ...(filter as TaskQuery), limit: 2, cursor })
      paged.push(...page.items.map((task) => ids.indexOf(task.id)))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(paged).toEqual(all)
  }
})

describe('each filter chooses its tasks', () => {
  const cases: [string, TaskQuery, number[]][] = [
    ['one status', { status: ['cancelled'] }, [7]],
    ['two statuses', { status: ['cancelled', 'failed'] }, [8, 7]],
    ['not a status', { notStatus: ['pending'] }, [8, 7]],
    ['a status that is also excluded', { status: ['failed'], notStatus: ['failed'] }, []],
    ['a worker', { worker: ['translator'] }, [7, 4, 1]],
    ['two workers', { worker: ['translator', 'summarizer'] }, [8, 7, 6, 5, 4, 3, 2, 1, 0]],
    ['a worker and a status', { worker: ['translator'], status: ['pending', 'cancelled'] }, [7, 4, 1]],
    ['a tag', { tag: ['parity-1'] }, [7, 5, 3, 1]],
    ['any of two tags', { tag: ['parity-0', 'four'] }, [8, 6, 4, 2, 0]],
    ['a tag and a worker', { tag: ['parity-1'], worker: ['translator'] }, [7, 1]],
    ['an external id', { externalId: 'order 6' }, [6]],
    ['a priority', { priority: ['urgent', 'high'] }, [5]],
    ['the common priority', { priority: ['normal'], worker: ['summarizer'] }, [8, 6, 3, 2, 0]],
    ['my own', { submitter: 'me' }, [8, 7, 6, 5, 4, 3, 2, 1, 0]],
    ['nobody', { submitter: '0198a000-0000-7000-8000-000000000000' }, []],
    ['a time to come', { from: '2090-01-01T00:00:00Z' }, []],
    ['all times before', { to: '2090-01-01T00:00:00Z', status: ['failed'] }, [8]],
    ['a word of the input', { search: 'herons' }, [7, 5, 3, 1]],
    ['a word of the error', { search: 'badger' }, [8]],
    ['a word and a filter', { search: 'herons', worker: ['translator'] }, [7, 1]],
    ['a word with wildcards in it', { search: "%_' or 1=1 --" }, []],
  ]
  test.each(cases)('%s', async (_, query, expected) => {
    expect(await numbers(query)).toEqual(expected)
    const { limit: _limit, cursor: _cursor, ...filter } = query
    expect(await tested.act((ctx) => countTasks(ctx, filter))).toEqual({ count: expected.length, exact: true })
  })
})

test('neighbours are those of the filtered list', async () => {
  const at = (n: number, query: TaskQuery) => tested.act((ctx) => taskNeighbours(ctx, ids[n] as string, query))
  expect(await at(4, {})).toEqual({ previous: ids[5], next: ids[3] })
  expect(await at(8, { search: 'text' })).toEqual({ previous: null, next: ids[7] })
  expect(await at(5, { tag: ['parity-1'] })).toEqual({ previous: ids[7], next: ids[3] })
  expect(await at(5, { search: 'herons' })).toEqual({ previous: ids[7], next: ids[3] })
})

test('facets count each field without its own filter', async () => {
  const facets = await tested.act((ctx) => taskFacets(ctx, { worker: ['translator'] }))
  expect(facets.worker).toEqual([
    { value: 'summarizer', count: 6 },
    { value: 'translator', count: 3 },
  ])
  expect(facets.status).toEqual([
    { value: 'pending', count: 2 },
    { value: 'cancelled', count: 1 },
  ])
  expect(facets.tag[0]).toEqual({ value: 'parity-1', count: 2 })
  expect(facets.submitter).toEqual([{ kind: 'user', value: tested.workspace.owner.id, name: 'Ada', count: 3 }])
})

test('a task of another workspace, an unknown one and a name that is no id look the same', async () => {
  const other = await tested.database.workspace()
  const foreign = await tested.submit({}, other)
  const messages = []
  for (const id of [foreign.id, '0198a000-0000-7000-8000-000000000000', 'x'])
    messages.push(
      await tested.act((ctx) => getTask(ctx, id)).catch((error: Error) => [error.constructor, error.message]),
    )
  expect(messages).toEqual(Array.from({ length: 3 }, () => [NotFound, expect.stringContaining('was not found')]))
  expect(new Set(messages.map(String)).size).toBe(1)
})

test('an open task tells its position and what it waits for', async () => {
  const { queue } = await tested.act((ctx) => getTask(ctx, ids[4] as string))
  expect(queue).toMatchObject({ noWorker: true, why: expect.stringContaining('No worker process is running') })
})

test('a cursor of someone else is refused', async () => {
  await expect(list({ cursor: 'nonsense' })).rejects.toThrow(InvalidInput)
})

test('events since a moment name the task, its status and the kind of event, oldest first', async () => {
  const events = await tested.act((ctx) => eventsSince(ctx, { at: new Date(0) }))
  expect(events).toHaveLength(10)
  expect(events.at(-1)).toMatchObject({
    taskId: ids[7],
    type: 'cancelled',
    status: 'cancelled',
    seq: 2,
    worker: 'translator',
  })
  expect(await tested.act((ctx) => eventsSince(ctx, { at: new Date(Date.now() + 60_000) }))).toEqual([])
})

test('a query string gives the same query as JSON, and foreign parameters are ignored unless strict', () => {
  const params = new URLSearchParams(
    'status=failed,blocked&status=pending&search=a+b&limit=10&older=true&tab=result&cursor=',
  )
  expect(readTaskQuery(params).data).toEqual({
    status: ['failed', 'blocked', 'pending'],
    search: 'a b',
    limit: 10,
    older: true,
    cursor: undefined,
  })
  expect(readTaskQuery(params, { strict: true }).success).toBe(false)
})

test('a task shows its newest thousand calls, the oldest of them first', async () => {
  await tested.database.admin.query(
    `insert into calls (id, workspace_id, task_id, epoch, provider, model, endpoint_host, mode, started_at)
     select gen_random_uuid(), $1, $2, n, 'p', 'm', 'h', 'prompt', now() + n * interval '1 ms' from generate_series(1, 1200) n`,
    [tested.workspace.id, ids[0]],
  )
  const { calls } = await tested.act((ctx) => getTask(ctx, ids[0] as string))
  expect(calls.map((call) => call.epoch)).toEqual(Array.from({ length: 1_000 }, (_, n) => n + 201))
})
