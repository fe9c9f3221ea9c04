import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { setSlots } from '#lib/pools/set-slots.ts'
import { getTask } from '#lib/tasks/queries.ts'
import { retryTask } from '#lib/tasks/retry.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import type { WorkerProcess } from './process.ts'
import { completed, playing, running, until, worker } from './test-worker.ts'

let tested: Tested
let children: ChildProcess[] = []
let processes: WorkerProcess[] = []

beforeEach(async () => {
  tested = await testWorkspace()
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await Promise.all(processes.map((process) => process.stop()))
  children = []
  processes = []
  await tested.drop()
})

const ROOT = join(import.meta.dirname, '..')

/** A real worker process; resolves when it has its lease. */
async function launch(): Promise<ChildProcess & { number: number }> {
  const child = spawn(
    join(ROOT, 'node_modules/.bin/node'),
    [
      '--import',
      'data:text/javascript,import module from "node:module"; module.enableCompileCache()',
      'worker/test-process.ts',
    ],
    {
      cwd: ROOT,
      env: { NODE_ENV: 'test', PATH: process.env['PATH'], DATABASE_URL: tested.database.url },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  children.push(child)
  const number = await new Promise<number>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const ready = /ready (\d+)/.exec(chunk.toString())
      if (ready) resolve(Number(ready[1]))
    })
    child.once('exit', () => reject(new Error('The process ended before it was ready.')))
  })
  return Object.assign(child, { number })
}

async function start(...args: Parameters<typeof worker> extends [unknown, ...infer Rest] ? Rest : never) {
  const process = await worker(tested.database, ...args)
  processes.push(process)
  return process
}

const get = (id: string) => tested.act((ctx) => getTask(ctx, id))
const submit = async (text: string, more = {}) => (await tested.submit({ input: { text }, ...more })).id
const reached = (id: string, status: string, limitMs?: number) =>
  until(async () => {
    const task = await get(id)
    return task.status === status ? task : null
  }, limitMs)
const query = async (text: string, values: unknown[] = []) => (await tested.database.admin.query(text, values)).rows
const slots = (count: number) => tested.act((ctx) => setSlots(ctx, 'summarizer', count))

describe('a process that is killed', () => {
  test('F1 loses its task to another process at once, and the result is one', async () => {
    const first = await launch()
    const id = await submit('sleep 60000')
    await reached(id, 'in_progress')
    await start(playing((task) => ({ text: task.text })))
    const killedAt = performance.now()
    first.kill('SIGKILL')
    const task = await reached(id, 'completed', 10_000)
    // A fraction of a second on an idle machine, which the bench measures.
    expect(performance.now() - killedAt).toBeLessThan(5_000)
    expect(task.attempts.map((attempt) => attempt.outcome)).toEqual(['lost', 'completed'])
    expect(task).toMatchObject({ epoch: 2, attemptsUsed: 1, error: null })
    expect(await tested.history(id)).toEqual(['1 submitted', '2 started', '3 requeued', '4 started', '5 completed'])
    expect(
      await query('select lost_at is not null as lost from worker_processes where id = $1', [first.number]),
    ).toEqual([{ lost: true }])
  })

  test('F2 leaves its open call unknown, for everyone to see', async () => {
    const first = await launch()
    const id = await submit('sleep 60000')
    await reached(id, 'in_progress')
    await query(
      `insert into calls (id, workspace_id, task_id, epoch, provider, model, endpoint_host, mode)
       values (gen_random_uuid(), $1, $2, 1, 'p', 'm', 'h', 'prompt')`,
      [tested.workspace.id, id],
    )
    await start(playing(() => ({})))
    first.kill('SIGKILL')
    expect((await reached(id, 'completed')).calls).toMatchObject([{ epoch: 1, state: 'unknown' }])
  })
})

test('F5 a process that was frozen finds its task finished elsewhere and changes nothing', async () => {
  const frozen = await launch()
  const id = await submit('sleep 1500')
  await reached(id, 'in_progress')
  frozen.kill('SIGSTOP')
  await start(
    playing(() => ({ by: 'the other' })),
    { timing: { silentMs: 600 } },
  )
  const task = await reached(id, 'completed')
  expect(task).toMatchObject({ result: { by: 'the other' }, epoch: 2 })
  frozen.kill('SIGCONT')
  await until(async () => (await query('select count(*)::int as n from worker_processes'))[0]?.n === 3)
  expect(await get(id)).toMatchObject({ result: { by: 'the other' }, seq: task.seq })
})

describe('a process whose connection is cut', () => {
  const cutLease = () =>
    query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'baton worker lease'`)

  test('takes a new lease without exiting, gives up its work and casts no suspicion', async () => {
    let runs = 0
    const aborted: boolean[] = []
    const process = await start(
      playing(
        (_, signal) =>
          new Promise((resolve) => {
            runs += 1
            if (runs > 1) resolve({ run: runs })
            else signal.addEventListener('abort', () => aborted.push(true))
          }),
      ),
    )
    const before = process.processId()
    const id = await submit('x')
    await reached(id, 'in_progress')
    await cutLease()
    expect(await reached(id, 'completed')).toMatchObject({ result: { run: 2 }, epoch: 2, attemptsUsed: 1 })
    expect(aborted).toEqual([true])
    expect(process.processId()).not.toBe(before)
    expect(await query('select suspicion from tasks')).toEqual([{ suspicion: 0 }])
    expect(await query('select outcome from attempts order by epoch')).toEqual([
      { outcome: 'lost' },
      { outcome: 'completed' },
    ])
  })

  test('F8 survives cuts of every connection, again and again, and loses nothing', async () => {
    await slots(4)
    await start(playing(() => new Promise((resolve) => setTimeout(resolve, 20, { ok: true }))))
    const ids: string[] = []
    const submitting = (async () => {
      for (let n = 0; n < 40; n += 1) ids.push(await submit(`text ${n}`))
    })()
    for (let cut = 0; cut < 8; cut += 1) {
      await query(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name like 'baton worker%'`)
      await new Promise((resolve) => setTimeout(resolve, 150))
    }
    await submitting
    await until(async () => (await query(`select from tasks where status = 'completed'`)).length === 40, 10_000)
    const broken = await query(`select task_id from events group by task_id
      having max(seq) <> count(*) or count(*) filter (where type = 'completed') <> 1`)
    expect(broken).toEqual([])
    expect(await query('select from attempts where outcome is null')).toEqual([])
  }, 20_000)
})

describe('F4 a process that is asked to stop', () => {
  test('claims nothing more and finishes what runs', async () => {
    const child = await launch()
    const id = await submit('sleep 2000')
    await reached(id, 'in_progress')
    const exited = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await until(async () => (await query('select from worker_processes where draining_since is not null')).length === 1)
    const later = await submit('later')
    expect(await exited).toBe(0)
    expect((await get(id)).status).toBe('completed')
    expect(await get(later)).toMatchObject({ status: 'pending', epoch: 0 })
  })

  test('asked again, returns what runs without counting the attempt', async () => {
    const child = await launch()
    const id = await submit('hang')
    await reached(id, 'in_progress')
    const exited = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await until(async () => (await query('select from worker_processes where draining_since is not null')).length === 1)
    child.kill('SIGTERM')
    expect(await exited).toBe(0)
    expect(await get(id)).toMatchObject({ status: 'pending', attemptsUsed: 0, attempts: [{ outcome: 'drained' }] })
    expect(await tested.ticket(id)).toBe('retry')
    expect(await query('select suspicion from tasks')).toEqual([{ suspicion: 0 }])
  })
})

describe('F27 a task whose ticket is gone', () => {
  test('is queued again when it waits', async () => {
    const id = await submit('x')
    await query('delete from pgboss.job where id = $1', [id])
    await start(playing(() => ({})))
    expect(await reached(id, 'completed')).toMatchObject({ attemptsUsed: 1 })
    expect(await tested.history(id)).toContain('2 requeued')
  })

  test('is returned when it runs, and the run that nobody can settle is stopped', async () => {
    let runs = 0
    await start(
      playing((_, signal) => (++runs === 1 ? new Promise((resolve) => signal.addEventListener('abort', resolve)) : {})),
    )
    const id = await submit('x')
    await reached(id, 'in_progress')
    await query('delete from pgboss.job where id = $1', [id])
    expect(await reached(id, 'completed')).toMatchObject({ epoch: 2, attemptsUsed: 1 })
  })
})

describe('failures of the task itself', () => {
  const failing = (message: string) => running(() => Promise.reject(new Error(message)))

  test('F28 after five attempts it fails with its reason, keeps them all, and a retry makes the sixth', async () => {
    await start(failing('No luck.'))
    const id = await submit('x')
    const task = await reached(id, 'failed', 10_000)
    expect(task).toMatchObject({ attemptsUsed: 5, error: { code: 'internal_error', message: 'No luck.' } })
    expect(task.attempts.map((attempt) => attempt.outcome)).toEqual(Array.from({ length: 5 }, () => 'failed'))
    expect(task.events.filter((event) => event.type === 'retry_scheduled')).toHaveLength(4)
    await tested.act((ctx) => retryTask(ctx, id))
    await until(async () => (await get(id)).attempts.length > 5)
    expect((await get(id)).attempts[5]).toMatchObject({ epoch: 6 })
  })

  test('a NUL or half a surrogate in an error message is replaced, and the task goes on', async () => {
    await start(failing('bad \0 text \ud800'))
    const id = await submit('x')
    expect((await reached(id, 'failed', 10_000)).error?.message).toBe('bad \uFFFD text \uFFFD')
  })

  test('F30 a worker that ignores its signal is given up at its time limit', async () => {
    const { workerNamed } = await import('#lib/workers/registry.ts')
    const definition = workerNamed('summarizer') as { timeoutMs: number }
    const { timeoutMs } = definition
    definition.timeoutMs = 50
    try {
      let runs = 0
      await start(
        running((_worker, _input, _signal, begin) => {
          begin()
          return ++runs === 1 ? new Promise(() => {}) : Promise.reject(new Error('second'))
        }),
      )
      const id = await submit('x')
      await until(async () => (await get(id)).attempts.length > 1)
      expect((await get(id)).attempts[0]).toMatchObject({ outcome: 'failed', error: { code: 'timeout' } })
    } finally {
      definition.timeoutMs = timeoutMs
    }
  })
})

describe('priorities and fairness', () => {
  /** The order in which tasks start on one slot. */
  async function order(count: number): Promise<string[]> {
    const seen: string[] = []
    await start(playing((task) => void seen.push(task.text)))
    await until(() => seen.length >= count, 10_000)
    return seen
  }

  test('a newcomer starts next to the head, whatever another workspace has waiting', async () => {
    await slots(1)
    const big = await tested.database.workspace()
    await tested.submit({ input: { text: 'first' } }, big)
    await query(`update flows set normal = 2000000 where workspace_id = $1`, [big.id])
    for (let n = 0; n < 20; n += 1) await tested.submit({ input: { text: `big ${n}` } }, big)
    for (let n = 0; n < 3; n += 1) await submit(`small ${n}`)
    expect((await order(24)).slice(0, 4)).toEqual(['first', 'small 0', 'small 1', 'small 2'])
  })

  test('two workspaces with a backlog are served in turn', async () => {
    await slots(1)
    const other = await tested.database.workspace()
    for (let n = 0; n < 10; n += 1) await submit('a')
    for (let n = 0; n < 10; n += 1) await tested.submit({ input: { text: 'b' } }, other)
    const first = (await order(20)).slice(0, 10)
    expect(first.filter((text) => text === 'a').length).toBeGreaterThanOrEqual(4)
    expect(first.filter((text) => text === 'b').length).toBeGreaterThanOrEqual(4)
  })

  test('urgent and high overtake their own workspace, low comes last but does come', async () => {
    await slots(1)
    await submit('low', { priority: 'low' })
    for (let n = 0; n < 40; n += 1) await submit(`normal ${n}`)
    await submit('high', { priority: 'high' })
    await submit('urgent', { priority: 'urgent' })
    const seen = await order(43)
    expect(seen.slice(0, 2)).toEqual(['urgent', 'high'])
    expect(seen.at(-1)).toBe('low')
  })
})

describe('F29 tasks that were there when processes died', () => {
  test('run alone in their process', async () => {
    await slots(4)
    const suspect = await submit('suspect')
    await query('update tasks set suspicion = 2 where id = $1', [suspect])
    await query(`update pgboss.job set name = 'isolation' where id = $1`, [suspect])
    for (let n = 0; n < 8; n += 1) await submit(`neighbour ${n}`)
    let now = 0
    let besideSuspect = -1
    await start(
      playing(async (task) => {
        now += 1
        await new Promise((resolve) => setTimeout(resolve, 20))
        if (task.id === suspect) besideSuspect = now - 1
        now -= 1
      }),
    )
    await until(async () => (await query(`select from tasks where status = 'completed'`)).length === 9)
    expect(besideSuspect).toBe(0)
  })
})

test('a process whose event loop stands still ends itself', async () => {
  const source = `import { startWatchdog } from './worker/watchdog.ts'; startWatchdog({ hungMs: 300 }); setTimeout(() => { for (;;); }, 2_000)`
  const child = spawn(join(ROOT, 'node_modules/.bin/node'), ['--input-type=module', '-e', source], {
    cwd: ROOT,
    stdio: 'ignore',
  })
  children.push(child)
  const startedAt = Date.now()
  expect(await new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)))).toBe('SIGKILL')
  expect(Date.now() - startedAt).toBeGreaterThan(2_000)
})

test('settings of a worker that answers late are found in the attempt', async () => {
  await start(async () => ({ ...completed({}), workerVersion: 'abc' }))
  const id = await submit('x')
  expect((await reached(id, 'completed')).attempts).toMatchObject([{ workerVersion: 'abc' }])
})
