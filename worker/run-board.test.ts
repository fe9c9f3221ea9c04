// What the page that watches a run reads, beside what the whole run says.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { NotFound } from '#lib/errors.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { workflowDefinition } from '#lib/workflows/definition.ts'
import { getRun, getRunBoard, getStepContent } from '#lib/workflows/queries.ts'
import { beginRun } from '#lib/workflows/start.ts'
import { playing, until, worker } from './test-worker.ts'
import type { WorkerProcess } from './process.ts'

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

const POINTS = ['One', 'Two', 'Three']
const DEFINITION = workflowDefinition.parse({
  name: 'points',
  title: 'Points',
  summary: 'Reads each point of a summary.',
  steps: [
    { name: 'read', title: 'Read', kind: 'worker', worker: 'summarizer' },
    {
      name: 'each',
      title: 'Each point',
      kind: 'map',
      worker: 'sentiment-analyzer',
      over: 'read.keyPoints.text',
      needs: ['read'],
    },
    { name: 'ask', title: 'Ask', kind: 'approval', question: 'Is it right?', show: ['read.summary'], needs: ['each'] },
  ],
})

const start = () =>
  tested.act((ctx) =>
    beginRun(ctx, DEFINITION, { input: { text: 'A text with three points.' }, engine: 'auto', priority: 'normal' }),
  )

test('the board says of every step what the whole run says, without what it made, and counts items', async () => {
  process = await worker(
    tested.database,
    playing(() => ({ summary: 'Short.', keyPoints: POINTS.map((text) => ({ text, evidence: [] })) })),
  )
  const id = await start()
  const board = await until(async () => {
    const found = await tested.act((ctx) => getRunBoard(ctx, id))
    return found.steps.find(({ name }) => name === 'ask')?.status === 'in_progress' ? found : null
  })
  const whole = await tested.act((ctx) => getRun(ctx, id))
  const { text: _, steps: wholeSteps, ...wholeRun } = whole
  const { steps, ...run } = board
  expect(run).toEqual(wholeRun)
  // Of an open step the time goes on between the two readings.
  const still = ({ workedMs, ...step }: (typeof steps)[number]) => (step.name === 'ask' ? step : { ...step, workedMs })
  expect(steps.map(still)).toEqual(
    wholeSteps.map(({ result: _r, partial: _p, info: _i, items, approval: _a, ...step }) =>
      still({
        ...step,
        itemCounts: items.length === 0 ? [] : [{ status: 'completed', count: items.length }],
        decision: step.name === 'ask' ? { refusal: null, hasForm: false } : null,
      }),
    ),
  )
  expect(steps.find(({ name }) => name === 'each')?.itemCounts).toEqual([{ status: 'completed', count: POINTS.length }])
})

test('what a step has made, its items and what it asks are read step by step', async () => {
  process = await worker(
    tested.database,
    playing(() => ({ summary: 'Short.', keyPoints: POINTS.map((text) => ({ text, evidence: [] })) })),
  )
  const id = await start()
  const content = (name: string) => tested.act((ctx) => getStepContent(ctx, id, name))
  const asked = await until(async () => {
    const found = await content('ask')
    return found.approval ? found : null
  })
  expect(asked.approval).toMatchObject({
    question: 'Is it right?',
    show: [{ path: 'read.summary', value: 'Short.' }],
    refusal: null,
  })
  expect(await content('read')).toMatchObject({ name: 'read', result: { summary: 'Short.' }, items: [] })
  const each = await content('each')
  expect(each.items.map(({ item, status }) => [item, status])).toEqual([1, 2, 3].map((item) => [item, 'completed']))
  expect(each.result).toEqual({ completed: 3, failed: 0 })
  await expect(content('nothing')).rejects.toThrow(NotFound)
})
