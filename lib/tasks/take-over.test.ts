import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ISOLATION } from '#lib/queue.ts'
import { cancelTask } from './cancel.ts'
import { getTask } from './queries.ts'
import { retryTask } from './retry.ts'
import { clearSuspicion, takeOver } from './take-over.ts'
import { type Tested, testWorkspace } from './test-workspace.ts'

let tested: Tested
beforeAll(async () => {
  tested = await testWorkspace()
})
afterAll(() => tested.drop())

const query = async (text: string, values: unknown[] = []) => (await tested.database.admin.query(text, values)).rows

/** As a process that claimed these tasks and died. */
async function claimAndDie(...ids: string[]): Promise<number> {
  const [process] = await query(
    `insert into worker_processes (host, pid, version, node_version) values ('h', 1, 'v', 'n') returning id`,
  )
  await query(
    `with t as (update tasks set status = 'in_progress', epoch = epoch + 1, seq = seq + 1, process_id = $1, started_at = now()
       where id = any($2) returning *),
     e as (insert into events (workspace_id, task_id, seq, type) select workspace_id, id, seq, 'started' from t)
     insert into attempts (workspace_id, task_id, epoch, process_id) select workspace_id, id, epoch, $1 from t`,
    [process.id, ids],
  )
  await query(`update pgboss.job set state = 'active' where id = any($1::uuid[])`, [ids])
  return process.id
}

const take = (process: number, suspected = true) =>
  tested.database.worker.db.transaction((tx) => takeOver(tx, tested.queue, [process], { suspected, backoffMs: 1_000 }))
const get = (id: string) => tested.act((ctx) => getTask(ctx, id))
const tickets = async (id: string) =>
  (await query('select name, state from pgboss.job where id = $1 order by state', [id])).map(
    (row) => `${row.name} ${row.state}`,
  )

describe('F29 each death of its process casts suspicion on a task', () => {
  let id: string

  test('after the first it waits at once in its own queue', async () => {
    ;({ id } = await tested.submit())
    await take(await claimAndDie(id))
    expect(await get(id)).toMatchObject({ status: 'pending', attemptsUsed: 0, attempts: [{ outcome: 'lost' }] })
    expect(await tickets(id)).toEqual(['summarizer created'])
  })

  test('after the second it waits to run alone, with a pause', async () => {
    await take(await claimAndDie(id))
    const task = await get(id)
    expect(new Date(task.notBefore ?? 0).getTime()).toBeGreaterThan(Date.now())
    expect(await tickets(id)).toEqual(['summarizer cancelled', `${ISOLATION} created`].toSorted())
  })

  test('after the fourth it fails and says why, with all its attempts', async () => {
    await take(await claimAndDie(id))
    expect((await get(id)).status).toBe('pending')
    await take(await claimAndDie(id))
    const task = await get(id)
    expect(task).toMatchObject({ status: 'failed', error: { code: 'worker_died' } })
    expect(task.attempts).toHaveLength(4)
    expect(await tickets(id)).not.toContain(`${ISOLATION} created`)
    expect(task.events.map((event) => event.seq)).toEqual(task.events.map((_, index) => index + 1))
  })

  test('a retry by hand starts it like any other task', async () => {
    await tested.act((ctx) => retryTask(ctx, id))
    expect(await tickets(id)).toContain('summarizer created')
    expect(await query('select suspicion from tasks where id = $1', [id])).toEqual([{ suspicion: 0 }])
  })
})

test('two processes that notice a death take its tasks over once', async () => {
  const { id } = await tested.submit()
  const process = await claimAndDie(id)
  const both = await Promise.all([take(process), take(process)])
  expect(both.flat().map((task) => task.id)).toEqual([id])
  expect(await tested.history(id)).toEqual(['1 submitted', '2 started', '3 requeued'])
})

test('an open call becomes unknown, an ended one stays as it is', async () => {
  const { id } = await tested.submit()
  const process = await claimAndDie(id)
  for (const state of ['sent', 'settled'])
    await query(
      `insert into calls (id, workspace_id, task_id, epoch, provider, model, endpoint_host, mode, state)
       values (gen_random_uuid(), $1, $2, 1, 'p', 'm', 'h', 'prompt', $3)`,
      [tested.workspace.id, id, state],
    )
  await take(process)
  expect((await get(id)).calls.map((call) => call.state).toSorted()).toEqual(['settled', 'unknown'])
})

test('a process that lives casts no suspicion, and clears what others cast', async () => {
  const { id } = await tested.submit()
  await take(await claimAndDie(id), false)
  expect(await query('select suspicion from tasks where id = $1', [id])).toEqual([{ suspicion: 0 }])
  const process = await claimAndDie(id)
  await take(process)
  await tested.database.worker.db.transaction((tx) => clearSuspicion(tx, process, [id]))
  expect(await query('select suspicion from tasks where id = $1', [id])).toEqual([{ suspicion: 0 }])
})

test('a task that was cancelled meanwhile stays cancelled', async () => {
  const { id } = await tested.submit()
  const process = await claimAndDie(id)
  await tested.act((ctx) => cancelTask(ctx, id))
  expect(await take(process)).toEqual([])
  expect((await get(id)).status).toBe('cancelled')
})
