import { afterAll, beforeAll, expect, test } from 'vitest'
import { runningTasks, setAsideTasks } from '#lib/pools/running.ts'
import { attention, blockedTaskIds, failedTaskIds } from './attention.ts'
import { taskSummaries } from './summaries.ts'
import { type Tested, testWorkspace } from './test-workspace.ts'

let tested: Tested
beforeAll(async () => {
  tested = await testWorkspace()
})
afterAll(() => tested.drop())

const set = (id: string, change: string) => tested.database.admin.query(`update tasks set ${change} where id = '${id}'`)
const failed = async (worker: string, error: object, more = '') => {
  const task = await tested.submit({ worker })
  await set(
    task.id,
    `status = 'failed', finished_at = now(), started_at = now(), error = '${JSON.stringify(error)}'::jsonb ${more}`,
  )
  return task.id
}

test('what failed in a day is grouped by worker and cause, newest first; older failures are left out', async () => {
  const empty = { code: 'empty_result', message: 'The result was empty.' }
  await failed('translator', empty)
  const second = await failed('translator', { ...empty, message: 'Empty again.' })
  await failed('summarizer', { code: 'timeout', message: 'Took longer than 120 s.' })
  const old = await failed('translator', empty)
  await set(old, `finished_at = now() - interval '25 hours'`)
  const found = await tested.act((ctx) => attention(ctx))
  expect(found.failed.map(({ worker, code, count }) => [worker, code, count])).toEqual([
    ['summarizer', 'timeout', 1],
    ['translator', 'empty_result', 2],
  ])
  expect(found.failed[1]?.newest.id).toBe(second)
  expect(found.failed[1]?.message).toBe('Empty again.')
  const ids = await tested.act((ctx) => failedTaskIds(ctx, { worker: 'translator', code: 'empty_result' }))
  expect(ids).toHaveLength(2)
  expect(ids).not.toContain(old)
})

test('blocked tasks are grouped by what they wait for', async () => {
  for (const worker of ['translator', 'translator', 'summarizer'])
    await set((await tested.submit({ worker })).id, `status = 'blocked', reason = 'needs_model'`)
  const { blocked } = await tested.act((ctx) => attention(ctx))
  expect(blocked).toMatchObject([{ reason: 'needs_model', count: 3, workers: ['summarizer', 'translator'] }])
})

test('a retry of what is blocked takes the tasks of one reason only', async () => {
  const other = await tested.submit()
  await set(other.id, `status = 'blocked', reason = 'provider'`)
  expect(await tested.act((ctx) => blockedTaskIds(ctx, { reason: 'provider' }))).toEqual([other.id])
  const rest = await tested.act((ctx) => blockedTaskIds(ctx, { reason: 'needs_model' }))
  expect(rest).toHaveLength(3)
  expect(rest).not.toContain(other.id)
  await set(other.id, `status = 'pending', reason = null`)
})

test('tasks are set aside when they used up their attempts or took processes down, not for any failure', async () => {
  const tired = await failed('summarizer', { code: 'x', message: 'x' }, ', attempts_used = 5')
  const poison = await failed('summarizer', { code: 'y', message: 'y' }, ', suspicion = 4')
  const aside = await tested.act((ctx) => setAsideTasks(ctx))
  expect(aside.map((task) => task.id)).toEqual([poison, tired])
})

test('another workspace sees nothing of it', async () => {
  const workspace = await tested.database.workspace('Other')
  const running = await tested.submit()
  await set(running.id, `status = 'in_progress', process_id = 7, started_at = now()`)
  expect(await tested.act(runningTasks)).toMatchObject([{ id: running.id, processId: 7 }])
  const elsewhere = { workspace }
  expect(await tested.act((ctx) => attention(ctx), elsewhere)).toEqual({ failed: [], blocked: [] })
  expect(await tested.act(runningTasks, elsewhere)).toEqual([])
  expect(await tested.act(setAsideTasks, elsewhere)).toEqual([])
  expect(await tested.act((ctx) => taskSummaries(ctx, [running.id]), elsewhere)).toEqual([])
})

test('rows are read again by their ids, newest first', async () => {
  const [first, second] = [await tested.submit(), await tested.submit({ tags: ['a'] })]
  const rows = await tested.act((ctx) => taskSummaries(ctx, [first.id, second.id]))
  expect(rows.map((row) => [row.id, row.tags])).toEqual([
    [second.id, ['a']],
    [first.id, []],
  ])
})
