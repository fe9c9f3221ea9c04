// What a run is given beside its text: tags, an id of the caller's, when it is due and from when it may begin.
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { InvalidInput } from '#lib/errors.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { getTask } from '#lib/tasks/queries.ts'
import { cancelRun } from '#lib/workflows/cancel.ts'
import { getRun, listRuns } from '#lib/workflows/queries.ts'
import { readRunQuery, type RunQuery } from '#lib/workflows/requests.ts'
import { rerunFrom } from '#lib/workflows/rerun.ts'
import { skipStep } from '#lib/workflows/skip.ts'
import { startRun } from '#lib/workflows/start.ts'
import type { WorkerProcess } from './process.ts'
import { playing, until, worker } from './test-worker.ts'

let tested: Tested
let process: WorkerProcess | undefined

beforeEach(async () => {
  tested = await testWorkspace()
})
afterEach(async () => {
  await process?.stop()
  process = undefined
  await tested.drop()
})

const REQUEST = { workflow: 'complete-analysis', input: { text: 'The parcel arrived late.' } }
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString()
const start = (more: object = {}, key?: string) =>
  tested.act((ctx) => {
    const request = { ...REQUEST, ...more }
    const bodyHash = createHash('sha256').update(JSON.stringify(request)).digest()
    return startRun(ctx, request, key === undefined ? undefined : { key, route: 'startRun', bodyHash })
  })
const get = (id: string) => tested.act((ctx) => getRun(ctx, id))
const list = async (query: RunQuery) => (await tested.act((ctx) => listRuns(ctx, query))).items.map(({ id }) => id)
const tasks = async (id: string) =>
  (await tested.database.admin.query('select count(*)::int as n from tasks where run_id = $1', [id])).rows[0].n

test('tags, external id and times are kept with the run, its tasks are due with it, and a rerun takes them over', async () => {
  const dueAt = inMs(3_600_000)
  const fields = { tags: ['north', 'urgent', 'north'], externalId: 'LET-7', dueAt, priority: 'high' }
  const { id } = await start(fields)
  const run = await get(id)
  expect(run).toMatchObject({
    tags: ['north', 'urgent'],
    externalId: 'LET-7',
    dueAt,
    notBefore: null,
    priority: 'high',
  })
  const task = await tested.act((ctx) => getTask(ctx, run.steps[0]?.taskId ?? ''))
  expect(task.dueAt).toBe(dueAt)
  const again = await tested.act((ctx) => rerunFrom(ctx, id, { from: 'summarizer' }))
  expect(await get(again.id)).toMatchObject({ tags: ['north', 'urgent'], externalId: 'LET-7', dueAt })
})

test('what tasks refuse is refused for runs in the same words, and nothing is kept of it', async () => {
  const refused = async (more: object, path: string) => {
    const error = await start(more).catch((cause: unknown) => cause)
    expect(error).toBeInstanceOf(InvalidInput)
    expect((error as InvalidInput).issues[0]?.path).toBe(path)
  }
  await refused({ dueAt: inMs(-1_000) }, 'dueAt')
  await refused({ dueAt: inMs(1_000_000), notBefore: inMs(2_000_000) }, 'notBefore')
  await refused({ dueAt: 'tomorrow' }, 'dueAt')
  await refused({ tags: ['a,b'] }, 'tags.0')
  await refused({ tags: Array.from({ length: 11 }, (_, index) => `t${index}`) }, 'tags')
  await refused({ externalId: '' }, 'externalId')
  expect(await list({})).toEqual([])
})

test('a run that may not begin yet has no task, begins when its time has come, and not because a step was skipped', async () => {
  const notBefore = inMs(1_200)
  const { id } = await start({ notBefore })
  expect(await tasks(id)).toBe(0)
  expect((await get(id)).steps[0]).toMatchObject({
    status: 'waiting',
    waitsFor: 'Waits for the time from which its run may begin.',
  })
  await tested.act((ctx) => skipStep(ctx, id, 'translator'))
  expect(await tasks(id)).toBe(0)
  process = await worker(
    tested.database,
    playing(() => ({})),
  )
  const run = await until(async () => {
    const now = await get(id)
    return now.status === 'completed' ? now : null
  })
  expect(run.steps.map(({ status }) => status)).toEqual([...Array.from({ length: 5 }, () => 'completed'), 'skipped'])
  for (const { startedAt } of run.steps.slice(0, 5))
    expect(Date.parse(startedAt ?? '')).toBeGreaterThan(Date.parse(notBefore))
})

test('a run that may not begin yet is cancelled like any other', async () => {
  const { id } = await start({ notBefore: inMs(3_600_000) })
  await tested.act((ctx) => cancelRun(ctx, id))
  expect((await get(id)).status).toBe('cancelled')
})

test('the same key starts one run, and another body with it is refused', async () => {
  const first = await start({ tags: ['a'] }, 'key-1')
  expect(await start({ tags: ['a'] }, 'key-1')).toEqual({ id: first.id, replayed: true })
  await expect(start({ tags: ['b'] }, 'key-1')).rejects.toThrow(InvalidInput)
  expect(await list({})).toEqual([first.id])
})

test('runs are found by tag, external id, priority, state, submitter and time, alone and together', async () => {
  const { id: first } = await start({ tags: ['north'], externalId: 'LET-1', priority: 'urgent' })
  const { id: second } = await start({ tags: ['south', 'north'], externalId: 'LET-2' })
  const { id: third } = await start({})
  await tested.act((ctx) => cancelRun(ctx, third))
  expect(await list({ tag: ['north'] })).toEqual([second, first])
  expect(await list({ tag: ['south', 'none'] })).toEqual([second])
  expect(await list({ externalId: 'LET-1' })).toEqual([first])
  expect(await list({ priority: ['urgent'] })).toEqual([first])
  expect(await list({ status: ['cancelled'] })).toEqual([third])
  expect(await list({ tag: ['north'], priority: ['normal'] })).toEqual([second])
  expect(await list({ submitter: 'me' })).toEqual([third, second, first])
  expect(await list({ to: inMs(-60_000) })).toEqual([])
  expect(await list({ from: inMs(-60_000), limit: 1 })).toEqual([third])
  const other = await tested.database.workspace()
  expect((await tested.act((ctx) => listRuns(ctx, { tag: ['north'] }), { workspace: other })).items).toEqual([])
})

test('a query string says the same, with lists repeated or joined, and unknown names are refused', () => {
  const read = (query: string) => readRunQuery(new URLSearchParams(query))
  expect(read('status=failed,cancelled&tag=a&tag=b&limit=5').data).toEqual({
    status: ['failed', 'cancelled'],
    tag: ['a', 'b'],
    limit: 5,
  })
  expect(read('').data).toEqual({ limit: 20 })
  for (const wrong of ['status=done', 'colour=red', 'limit=1000', 'from=yesterday'])
    expect(read(wrong).success).toBe(false)
})
