import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Conflict, NotFound } from '#lib/errors.ts'
import { cancelTask, cancelTasks } from './cancel.ts'
import { getTask } from './queries.ts'
import type { RetryRequest } from './requests.ts'
import { retryTask, retryTasks } from './retry.ts'
import { type Tested, testWorkspace } from './test-workspace.ts'

let tested: Tested
beforeAll(async () => {
  tested = await testWorkspace()
})
afterAll(() => tested.drop())

const unknown = '0198a000-0000-7000-8000-000000000000'
const query = async (text: string, values: unknown[]) => (await tested.database.admin.query(text, values)).rows

/** As a worker leaves them. */
async function failed(count: number, worker = 'summarizer'): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) ids.push((await tested.submit({ worker })).id)
  await query(
    `update tasks set status = 'failed', finished_at = now(), attempts_used = 5, error = '{"code":"x","message":"y"}'
    where id = any($1)`,
    [ids],
  )
  await query(`update pgboss.job set state = 'completed', completed_on = now() where id = any($1::uuid[])`, [ids])
  return ids
}

const cancelled = (id: string) =>
  tested.act(async (ctx) => {
    await cancelTask(ctx, id)
    return getTask(ctx, id)
  })
const retried = (id: string, request?: RetryRequest) =>
  tested.act(async (ctx) => {
    await retryTask(ctx, id, request)
    return getTask(ctx, id)
  })

describe('F31 cancelling', () => {
  test('a waiting task ends at once, with event and without a ticket', async () => {
    const { id } = await tested.submit()
    const task = await cancelled(id)
    expect(task).toMatchObject({ status: 'cancelled', epoch: 1, seq: 2, queue: null })
    expect(task.events.at(-1)?.actor).toMatchObject({ kind: 'user', name: 'Ada' })
    expect(await tested.history(id)).toEqual(['1 submitted', '2 cancelled'])
    expect(await tested.ticket(id)).toBe('cancelled')
  })

  test('a running task ends, its attempt is kept and its process is told', async () => {
    const { id } = await tested.submit()
    await query(
      `update tasks set status = 'in_progress', epoch = 1, seq = 2, process_id = 1, started_at = now() where id = $1`,
      [id],
    )
    await query(`insert into attempts (workspace_id, task_id, epoch, process_id) values ($1, $2, 1, 1)`, [
      tested.workspace.id,
      id,
    ])
    const client = await tested.database.admin.connect()
    const told = new Promise((resolve) => client.once('notification', (message) => resolve(message.payload)))
    await client.query('listen baton_cancel')
    const task = await cancelled(id)
    expect(await told).toBe(`${id}:1`)
    client.release(true)
    expect(task).toMatchObject({ status: 'cancelled', epoch: 2 })
    expect(task.attempts).toMatchObject([{ epoch: 1, outcome: 'cancelled' }])
  })

  test('a task is found by its id in capitals as well', async () => {
    const { id } = await tested.submit()
    expect(await cancelled(id.toUpperCase())).toMatchObject({ id, status: 'cancelled' })
    expect(await retried(id.toUpperCase())).toMatchObject({ id, status: 'pending' })
  })

  test('a blocked task ends', async () => {
    const { id } = await tested.submit()
    await query(`update tasks set status = 'blocked', reason = 'needs_model' where id = $1`, [id])
    expect(await cancelled(id)).toMatchObject({ status: 'cancelled', reason: null })
  })

  test('an ended task is a conflict and stays as it is', async () => {
    const { id } = await tested.submit()
    await tested.act((ctx) => cancelTask(ctx, id))
    await expect(tested.act((ctx) => cancelTask(ctx, id))).rejects.toThrow(Conflict)
    await expect(tested.act((ctx) => cancelTask(ctx, unknown))).rejects.toThrow(NotFound)
    expect(await tested.history(id)).toEqual(['1 submitted', '2 cancelled'])
  })

  test('two cancellations at once make one event', async () => {
    const { id } = await tested.submit()
    const results = await Promise.allSettled([1, 2, 3].map(() => tested.act((ctx) => cancelTask(ctx, id))))
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    expect(await tested.history(id)).toEqual(['1 submitted', '2 cancelled'])
  })
})

describe('retrying', () => {
  test('a failed task waits again with a new ticket and all its attempts', async () => {
    const [id = ''] = await failed(1)
    const task = await retried(id, { engine: 'rules' })
    expect(task).toMatchObject({ status: 'pending', attemptsUsed: 0, error: null, finishedAt: null, engine: 'rules' })
    expect(await tested.history(id)).toEqual(['1 submitted', '2 retried'])
    expect(await tested.ticket(id)).toBe('created')
  })

  test('cancelled and blocked tasks can be retried, waiting and completed ones not', async () => {
    const { id } = await tested.submit()
    await expect(tested.act((ctx) => retryTask(ctx, id))).rejects.toThrow(Conflict)
    await tested.act((ctx) => cancelTask(ctx, id))
    expect(await retried(id)).toMatchObject({ status: 'pending', epoch: 1 })
    await query(`update tasks set status = 'blocked', reason = 'needs_model' where id = $1`, [id])
    expect(await retried(id)).toMatchObject({ status: 'pending', reason: null })
    await query(`update tasks set status = 'completed', finished_at = now() where id = $1`, [id])
    await expect(tested.act((ctx) => retryTask(ctx, id))).rejects.toThrow(Conflict)
  })

  test('F32 retry-all, clicked twice at once, sends each task back once', async () => {
    const ids = [...(await failed(30)), ...(await failed(20, 'translator'))]
    const all = { query: { status: ['failed' as const] } }
    const results = await Promise.all([1, 2].map(() => tested.act((ctx) => retryTasks(ctx, all))))
    expect(results.reduce((sum, result) => sum + result.changed, 0)).toBe(50)
    const rows = await query(
      `select t.status, count(e.*)::int as retried, (select count(*)::int from pgboss.job j where j.id = t.id) as tickets
       from tasks t left join events e on e.task_id = t.id and e.type = 'retried' where t.id = any($1) group by t.id`,
      [ids],
    )
    expect(new Set(rows.map((row) => JSON.stringify(row)))).toEqual(
      new Set([JSON.stringify({ status: 'pending', retried: 1, tickets: 1 })]),
    )
  })
})

test('bulk verbs say what they left alone and why', async () => {
  const { id } = await tested.submit()
  const [done = ''] = await failed(1)
  const result = await tested.act((ctx) => cancelTasks(ctx, { ids: [id, done, unknown] }))
  expect(result).toMatchObject({ matched: 2, changed: 1 })
  expect(result.skipped.map((skip) => skip.id).sort()).toEqual([done, unknown].sort())
  expect((await tested.act((ctx) => getTask(ctx, done))).status).toBe('failed')
})

test('of a query, a bulk verb takes only what it can change, so that ended tasks never hide open ones', async () => {
  const { id } = await tested.submit({ tags: ['mixed'] })
  const [done = ''] = await failed(1)
  await query(
    "insert into task_tags (workspace_id, task_id, tag) select workspace_id, id, 'mixed' from tasks where id = $1",
    [done],
  )
  const mixed = { tag: ['mixed'] }
  const ended = { query: { ...mixed, status: ['completed' as const] } }
  expect(await tested.act((ctx) => cancelTasks(ctx, ended))).toEqual({ matched: 0, changed: 0, skipped: [] })
  expect(await tested.act((ctx) => cancelTasks(ctx, { query: mixed }))).toEqual({ matched: 1, changed: 1, skipped: [] })
  expect((await tested.act((ctx) => getTask(ctx, id))).status).toBe('cancelled')
})
