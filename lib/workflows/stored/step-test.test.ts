// One step of a draft is tried alone: as a task that is a test, or computed at once, and never with effects elsewhere.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Forbidden, InvalidInput, NotFound } from '#lib/errors.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { startRun } from '../start.ts'
import { createWorkflow } from './drafts.ts'
import { stepPins } from './step-pins.ts'
import { testStep, type TestRequest } from './step-test.ts'

let tested: Tested
let name: string
beforeAll(async () => {
  tested = await testWorkspace()
  name = await tested.act((ctx) => createWorkflow(ctx, { draft: DRAFT }))
})
afterAll(() => tested.drop())

const work = { kind: 'worker', worker: 'summarizer' }
const DRAFT = {
  title: 'Letters',
  summary: 'What comes in.',
  steps: [
    { name: 'sum-up', title: 'Sum up', ...work, options: { length: 'short' }, attempts: 2, model: 'small' },
    { name: 'again', title: 'Again', ...work, text: 'sum_up.summary', needs: ['sum-up'] },
    { name: 'parts', title: 'Parts', kind: 'map', worker: 'summarizer', over: 'chunks', chunkCharacters: 500 },
    { name: 'long', title: 'Long?', kind: 'condition', if: 'size(sum_up.summary) > 5', needs: ['sum-up'] },
    { name: 'sound', title: 'Sound?', kind: 'validate', checks: [{ check: 'length', of: 'again.summary', max: 2 }] },
    { name: 'all', title: 'All', kind: 'join', from: 'parts.items.summary', needs: ['parts'] },
    { name: 'ask', title: 'Ask', kind: 'approval', question: 'Send it?', show: ['again.summary'], needs: ['again'] },
    { name: 'call', title: 'Call', kind: 'webhook', url: 'https://example.com/', body: 'again.summary' },
    { name: 'rest', title: 'Rest', kind: 'wait', seconds: 60 },
    { name: 'other', title: 'Other', kind: 'workflow', workflow: 'complete-analysis' },
    { name: 'broken', title: 'Broken', kind: 'worker', worker: 'nobody' },
  ],
}
const TEXT = 'The river rose. Nobody was hurt.'
const run = (step: string, request: Partial<TestRequest> = {}) =>
  tested.act((ctx) => testStep(ctx, { workflow: name, step }, { input: { text: TEXT }, ...request }))
const outputs = { again: { summary: 'One two three.' }, sum_up: { summary: 'It rained.' } }
const rows = async (query: string, values: unknown[] = []) => (await tested.database.admin.query(query, values)).rows

test('a step with a worker becomes a task of its own that says it is a test and has the step’s limits', async () => {
  const trial = await run('sum-up')
  expect(trial).toMatchObject({ did: 'task', items: null })
  const id = trial.did === 'task' ? trial.taskId : ''
  const [task] = await rows(
    `select worker, title, status, options ->> 'length' as length, limits, run_id,
       (select tag from task_tags where task_id = id) as tag, (select step from step_tests where task_id = id) as step
     from tasks where id = $1`,
    [id],
  )
  expect(task).toEqual({
    worker: 'summarizer',
    title: 'Test of Sum up, Letters',
    status: 'pending',
    length: 'short',
    limits: { attempts: 2, model: 'small' },
    run_id: null,
    tag: 'test',
    step: 'sum-up',
  })
  expect(await tested.ticket(id)).toBe('created')
  expect((await tested.act((ctx) => stepPins(ctx, { workflow: name, step: 'sum-up' }))).lastTest).toBe(id)
})

test('it reads what is pinned for the step before it, and is told when nothing is', async () => {
  const trial = await run('again', { outputs })
  const [task] = await rows(
    `select x.body from tasks t join texts x on x.workspace_id = t.workspace_id and x.sha256 = t.text_sha256 where t.id = $1`,
    [trial.did === 'task' ? trial.taskId : null],
  )
  expect(task).toEqual({ body: 'It rained.' })
  expect(await run('again')).toMatchObject({ did: 'computed', status: 'failed', error: { code: 'no_text' } })
})

test('of a list the first item is tried, and their number is told', async () => {
  const text = Array.from({ length: 60 }, (_, index) => `Sentence ${index} tells of rain.`).join('\n\n')
  const trial = await run('parts', { input: { text } })
  expect(trial).toMatchObject({ did: 'task', items: expect.any(Number) })
  expect(trial.did === 'task' && (trial.items ?? 0) > 2).toBe(true)
})

test('conditions, checks and joins are computed at once', async () => {
  expect(await run('long', { outputs })).toMatchObject({ did: 'computed', status: 'completed', branch: 'yes' })
  expect(await run('long')).toMatchObject({ status: 'failed', error: { code: 'condition_failed' } })
  expect(await run('sound', { outputs })).toMatchObject({
    status: 'failed',
    output: { passed: false },
    error: { code: 'validation_failed' },
  })
  const parts = { items: [{ summary: 'A' }, { summary: 'B' }] }
  expect(await run('all', { outputs: { parts } })).toMatchObject({ output: { text: 'A\n\nB', count: 2 } })
})

test('what would reach others or wait is only shown', async () => {
  const before = await rows('select (select count(*) from deliveries) as calls, (select count(*) from runs) as runs')
  expect(await run('ask', { outputs })).toMatchObject({
    did: 'shown',
    shows: [{ value: 'Send it?' }, { title: 'again.summary', value: 'One two three.' }],
  })
  expect(await run('call', { outputs })).toMatchObject({
    shows: [{ value: 'https://example.com/' }, { value: 'One two three.' }],
  })
  expect(await run('rest')).toMatchObject({ did: 'shown', kind: 'wait' })
  expect(await run('other')).toMatchObject({ shows: [{ value: 'complete-analysis' }, { value: TEXT }] })
  expect(await rows('select (select count(*) from deliveries) as calls, (select count(*) from runs) as runs')).toEqual(
    before,
  )
})

test('a step is tried with what a run of it had, or with an example', async () => {
  const at = { workflow: name, step: 'ask' }
  const made = await tested.act((ctx) => stepPins(ctx, at))
  expect(made).toMatchObject({ text: '', pins: [{ name: 'again', title: 'Again', from: 'example' }] })
  const { id } = await tested.act((ctx) => startRun(ctx, { workflow: 'complete-analysis', input: { text: TEXT } }))
  await rows(
    `with t as (update tasks set status = 'completed', result = '{"headline": "H", "summary": "S"}', finished_at = now()
       where run_id = $1 and worker = 'summarizer' returning id)
     update steps set status = 'completed', finished_at = now(), name = 'again' where run_id = $1 and task_id = (select id from t)`,
    [id],
  )
  await rows(`update runs set definition = jsonb_set(definition, '{steps}', $2::jsonb) where id = $1`, [
    id,
    JSON.stringify([{ ...DRAFT.steps[1], onFailure: 'fail' }]),
  ])
  const taken = await tested.act((ctx) => stepPins(ctx, at, { run: id }))
  expect(taken).toMatchObject({ text: TEXT, pins: [{ name: 'again', from: 'run', value: { summary: 'S' } }] })
  const workspace = await tested.database.workspace()
  const foreign = await tested.act((ctx) => createWorkflow(ctx, { draft: DRAFT }), { workspace })
  await expect(
    tested.act((ctx) => stepPins(ctx, { workflow: foreign, step: 'ask' }, { run: id }), { workspace }),
  ).rejects.toThrow(NotFound)
})

test('a step that is wrong or not there is refused, and so is whoever may not submit tasks', async () => {
  await expect(run('broken')).rejects.toThrow('step.worker: There is no worker of this name.')
  expect((await tested.act((ctx) => stepPins(ctx, { workflow: name, step: 'broken' }))).issues).toHaveLength(1)
  await expect(run('nothing')).rejects.toThrow(NotFound)
  await expect(run('sum-up', { input: { text: ' ' } })).rejects.toThrow(InvalidInput)
  const access = { role: 'viewer', operator: false } as const
  const asked = { input: { text: TEXT } }
  await expect(tested.act((ctx) => testStep(ctx, { workflow: name, step: 'long' }, asked), { access })).rejects.toThrow(
    Forbidden,
  )
  const workspace = await tested.database.workspace()
  await expect(
    tested.act((ctx) => testStep(ctx, { workflow: name, step: 'long' }, asked), { workspace }),
  ).rejects.toThrow(NotFound)
})
