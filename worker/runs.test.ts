// Runs of workflows on a real queue, with scripted workers.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Conflict, InvalidInput, NotFound } from '#lib/errors.ts'
import { cancelTask } from '#lib/tasks/cancel.ts'
import { retryTask } from '#lib/tasks/retry.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { cancelRun } from '#lib/workflows/cancel.ts'
import { catchUpRuns } from '#lib/workflows/catch-up.ts'
import { type WorkflowDefinition, workflowDefinition } from '#lib/workflows/definition.ts'
import { getRun, listRuns } from '#lib/workflows/queries.ts'
import { beginRun, startRun } from '#lib/workflows/start.ts'
import { blockedEnding } from './endings.ts'
import type { WorkerProcess } from './process.ts'
import { completed, type Play, playing, until, worker } from './test-worker.ts'

let tested: Tested
let processes: WorkerProcess[] = []

beforeEach(async () => {
  tested = await testWorkspace()
})
afterEach(async () => {
  await Promise.all(processes.map((process) => process.stop()))
  processes = []
  await tested.drop()
})

const TEXT = 'The parcel arrived late and damaged. Please refund me 20 euros by Friday.'
const REQUEST = { workflow: 'complete-analysis', input: { text: TEXT } }
const query = async (text: string, values: unknown[] = []) => (await tested.database.admin.query(text, values)).rows
const start = (request: object = {}) => tested.act(async (ctx) => (await startRun(ctx, { ...REQUEST, ...request })).id)
const get = (id: string) => tested.act((ctx) => getRun(ctx, id))
const ended = (id: string) =>
  until(async () => {
    const run = await get(id)
    return run.status === 'in_progress' ? null : run
  })
const serve = async (play: Play) => {
  processes.push(await worker(tested.database, playing(play)))
}

const step = (name: string, needs: string[] = [], onFailure: 'fail' | 'continue' = 'fail') => ({
  name,
  title: name,
  kind: 'worker' as const,
  worker: name === 'join' ? 'question-generator' : 'summarizer',
  needs,
  onFailure,
})
const DIAMOND = workflowDefinition.parse({
  name: 'diamond',
  title: 'Diamond',
  summary: 'Two branches that join.',
  steps: [step('read'), step('left', ['read']), step('right', ['read']), step('join', ['left', 'right'])],
})
const begin = (definition: WorkflowDefinition) =>
  tested.act((ctx) => beginRun(ctx, definition, { input: { text: TEXT }, engine: 'auto', priority: 'normal' }))

test('a complete analysis runs all six workers side by side over one stored text', async () => {
  const id = await start({ title: 'A parcel', options: { translator: { targetLanguage: 'fr' } } })
  const waiting = await get(id)
  expect(waiting).toMatchObject({ status: 'in_progress', title: 'A parcel', text: TEXT, finishedAt: null })
  expect(waiting.steps.map(({ name, status }) => [name, status])).toEqual(
    [
      'document-analyzer',
      'category-classifier',
      'sentiment-analyzer',
      'summarizer',
      'question-generator',
      'translator',
    ].map((name) => [name, 'pending']),
  )
  await serve(({ worker: by, options }) => ({ by, options }))
  const run = await ended(id)
  expect(run.status).toBe('completed')
  expect(run.finishedAt).not.toBeNull()
  expect(run.steps.map(({ name, status, result }) => [name, status, (result as { by: string }).by])).toEqual(
    run.steps.map(({ worker: by }) => [by, 'completed', by]),
  )
  expect(run.steps.at(-1)?.result).toMatchObject({ options: { targetLanguage: 'fr' } })
  expect(await query('select count(*)::int as texts from texts')).toEqual([{ texts: 1 }])
  const { items, nextCursor } = await tested.act((ctx) => listRuns(ctx))
  expect(items.map(({ id: listed, status }) => [listed, status])).toEqual([[id, 'completed']])
  expect(nextCursor).toBeNull()
})

test('steps start when those they need have completed, and not before', async () => {
  const order: string[] = []
  const id = await begin(DIAMOND)
  const nameOf = async (task: string) => (await query('select name from steps where task_id = $1', [task]))[0].name
  await serve(async ({ id: task }) => {
    order.push(await nameOf(task))
    return {}
  })
  expect(await ended(id)).toMatchObject({ status: 'completed' })
  expect([order[0], order.slice(1, 3).toSorted(), order.slice(3)]).toEqual(['read', ['left', 'right'], ['join']])
  expect(await query('select count(*)::int as n from tasks where run_id = $1', [id])).toEqual([{ n: 4 }])
})

test('a step that fails for good fails the run; what needs it is skipped, and a retry goes on from there', async () => {
  let broken = true
  const id = await begin(DIAMOND)
  const failing = await until(
    async () => (await query(`select task_id as id from steps where name = 'read'`))[0]?.id as string,
  )
  processes.push(
    await worker(tested.database, async (task) =>
      task.id === failing && broken
        ? {
            status: 'failed',
            outcome: 'failed',
            event: 'failed',
            counted: true,
            error: { code: 'broken', message: 'It broke.' },
          }
        : completed({}),
    ),
  )
  const run = await ended(id)
  expect(run.status).toBe('failed')
  expect(run.steps.map(({ status }) => status)).toEqual(['failed', 'skipped', 'skipped', 'skipped'])
  expect(run.steps[0]?.error).toMatchObject({ code: 'broken' })
  broken = false
  await tested.act((ctx) => retryTask(ctx, failing))
  const again = await until(async () => {
    const now = await get(id)
    return now.status === 'completed' ? now : null
  })
  expect(again.steps.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed', 'completed'])
})

test('a translation that waits for a model does not hold the run, and joins it later', async () => {
  let model = false
  const id = await start()
  processes.push(
    await worker(tested.database, async (task) =>
      task.worker === 'translator' && !model ? blockedEnding('needs_model', { segments: 2 }) : completed({}),
    ),
  )
  const run = await ended(id)
  expect(run.status).toBe('completed')
  const translation = run.steps.at(-1)
  expect(translation).toMatchObject({ status: 'blocked', reason: 'needs_model', partial: { segments: 2 } })
  model = true
  await tested.act((ctx) => retryTask(ctx, translation?.taskId ?? ''))
  await until(async () => (await get(id)).steps.at(-1)?.status === 'completed')
  await until(async () => (await get(id)).status === 'completed')
})

test('cancelling a run stops what runs, keeps what has ended, and starts nothing more', async () => {
  const id = await begin(DIAMOND)
  let running = 0
  await serve(async ({ id: task }, signal) => {
    const [{ name }] = await query('select name from steps where task_id = $1', [task])
    if (name === 'read') return {}
    running += 1
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    return {}
  })
  await until(() => running > 0)
  await tested.act((ctx) => cancelRun(ctx, id))
  const run = await get(id)
  expect(run.status).toBe('cancelled')
  expect(run.steps.map(({ status }) => status)).toEqual(['completed', 'cancelled', 'cancelled', 'cancelled'])
  await expect(tested.act((ctx) => cancelRun(ctx, id))).rejects.toThrow(Conflict)
  await expect(tested.act((ctx) => cancelRun(ctx, tested.workspace.id))).rejects.toThrow(NotFound)
})

test('a step whose task is cancelled by itself ends its run by a word to the worker processes', async () => {
  const id = await begin(DIAMOND)
  const { steps } = await get(id)
  await tested.act((ctx) => cancelTask(ctx, steps[0]?.taskId ?? ''))
  expect((await query('select status from runs'))[0].status).toBe('in_progress')
  await serve(() => ({}))
  expect((await ended(id)).status).toBe('cancelled')
})

test('runs whose word was lost are found again, once, whoever looks', async () => {
  const id = await begin(DIAMOND)
  await query(`update tasks set status = 'completed', finished_at = now(), result = '{}' where run_id = $1`, [id])
  const powers = { db: tested.database.worker.db, queue: tested.queue }
  const found = await Promise.all([catchUpRuns(powers), catchUpRuns(powers), catchUpRuns(powers)])
  expect(found.flat()).toContain(id)
  expect((await get(id)).steps.map(({ status }) => status)).toEqual(['completed', 'pending', 'pending', 'waiting'])
  expect(await query('select count(*)::int as n from tasks where run_id = $1', [id])).toEqual([{ n: 3 }])
  expect(await catchUpRuns(powers)).toEqual([])
})

test('a run that cannot be advanced costs its tasks nothing, and holds up no other', async () => {
  const broken = await begin(DIAMOND)
  const whole = await begin(DIAMOND)
  await query(
    `alter table steps add constraint broken check (run_id <> '${broken}' or name <> 'left' or task_id is null)`,
  )
  await serve(() => ({ read: true }))
  expect((await ended(whole)).status).toBe('completed')
  await until(
    async () => (await query(`select from tasks where run_id = $1 and result is not null`, [broken])).length === 1,
  )
  await query('alter table steps drop constraint broken')
  expect((await ended(broken)).status).toBe('completed')
})

test('the same key starts a run once, and another body with it is refused', async () => {
  const idempotency = (body: string) => ({ key: 'k1', route: 'startRun', bodyHash: Buffer.from(body.padEnd(32)) })
  const send = (body: string) => tested.act((ctx) => startRun(ctx, REQUEST, idempotency(body)))
  const [first, second] = [await send('a'), await send('a')]
  expect([first.replayed, second.replayed, second.id === first.id]).toEqual([false, true, true])
  await expect(send('b')).rejects.toThrow(InvalidInput)
  expect(await query('select count(*)::int as runs from runs')).toEqual([{ runs: 1 }])
})

test.each([
  [{ input: { text: ' ' } }, 'input.text'],
  [{ workflow: 'poem' }, 'workflow'],
  [{ options: { translator: { targetLanguage: 'klingon' } } }, 'options.translator.targetLanguage'],
  [{ options: { poet: {} } }, 'options.poet'],
])('what cannot be started names its field: %j', async (request, path) => {
  const refused = await start(request).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(InvalidInput)
  expect((refused as InvalidInput).issues.map((issue) => issue.path)).toEqual([path])
  expect(await query('select count(*)::int as runs from runs')).toEqual([{ runs: 0 }])
})
