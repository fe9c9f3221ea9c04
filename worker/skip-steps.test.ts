// Steps that a person leaves out, and what is kept of all that happens in a run.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Conflict, Forbidden, InvalidInput, NotFound } from '#lib/errors.ts'
import { retryTask } from '#lib/tasks/retry.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { decide } from '#lib/workflows/approvals.ts'
import { cancelRun } from '#lib/workflows/cancel.ts'
import { workflowDefinition } from '#lib/workflows/definition.ts'
import { type HappenedQuery, runHappened } from '#lib/workflows/happened.ts'
import { getRun } from '#lib/workflows/queries.ts'
import type { RunStatus } from '#lib/workflows/states.ts'
import { skipStep } from '#lib/workflows/skip.ts'
import { beginRun } from '#lib/workflows/start.ts'
import { blockedEnding } from './endings.ts'
import type { Handler } from './dispatcher.ts'
import type { WorkerProcess } from './process.ts'
import { completed, until, worker } from './test-worker.ts'

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

const MEMBER = { access: { role: 'member' as const, operator: false } }
const BROKEN = {
  status: 'failed' as const,
  outcome: 'failed' as const,
  event: 'failed' as const,
  counted: true,
  error: { code: 'broken', message: 'It broke.' },
}

const work = (name: string, more: object = {}) => ({ name, title: name, kind: 'worker', worker: 'summarizer', ...more })
const begin = (steps: object[]) => {
  const definition = workflowDefinition.parse({ name: 'tried', title: 'Tried', summary: 'A test.', steps })
  return tested.act((ctx) =>
    beginRun(ctx, definition, { input: { text: 'A text.' }, engine: 'auto', priority: 'normal' }),
  )
}
const serve = async (handle: Handler) => {
  processes.push(await worker(tested.database, handle))
}
const get = (id: string) => tested.act((ctx) => getRun(ctx, id))
const reached = (id: string, status: RunStatus) =>
  until(async () => {
    const run = await get(id)
    return run.status === status ? run : null
  })
const statuses = async (id: string) =>
  Object.fromEntries((await get(id)).steps.map(({ name, status }) => [name, status]))
const skip = (id: string, step: string, options = {}) => tested.act((ctx) => skipStep(ctx, id, step), options)
const happened = (id: string, query: HappenedQuery = {}) => tested.act((ctx) => runHappened(ctx, id, query))
const lines = async (id: string) =>
  (await happened(id)).items.map(({ step, type, words, by }) => [step, type, words, by].join('|')).toReversed()
const asked = { name: 'ask', title: 'Ask', kind: 'approval', question: 'Is it right?' }
const onStep =
  (broken: string): Handler =>
  async ({ options }) =>
    options['length'] === 'short' && broken === 'first' ? BROKEN : completed({ headline: 'Fine', summary: 'x' })
const first = work('first', { options: { length: 'short' } })

describe('skipping', () => {
  test('a step that failed is left out by a person: what only needs it is skipped, what needs more goes on', async () => {
    const id = await begin([
      first,
      work('other'),
      work('after', { needs: ['first'] }),
      work('both', { needs: ['first', 'other'] }),
    ])
    await serve(onStep('first'))
    await reached(id, 'failed')
    await skip(id, 'first', MEMBER)
    await reached(id, 'completed')
    expect(await statuses(id)).toEqual({ first: 'skipped', other: 'completed', after: 'skipped', both: 'completed' })
    const { steps } = await get(id)
    expect(steps.map(({ whySkipped }) => whySkipped)).toEqual(['Skipped by Ada.', null, '“first” was skipped.', null])
    const { items } = await happened(id)
    expect(items.find(({ step, type }) => step === 'first' && type === 'skipped')).toMatchObject({ by: 'Ada' })
    expect(items.map(({ type }) => type)).toContain('reopened')
    await expect(skip(id, 'first')).rejects.toThrow(
      new Conflict('“first” was skipped already, so there is nothing to skip.', 'already_ended'),
    )
    await expect(skip(id, 'both')).rejects.toThrow(Conflict)
  })

  test('a task that waits for a model is cancelled with its step, and the run ends without it', async () => {
    const id = await begin([first, work('end', { needs: ['first', 'also'] }), work('also')])
    await serve(async ({ options }) =>
      options['length'] === 'short' ? blockedEnding('needs_model', {}) : completed({ summary: 'x' }),
    )
    const step = await until(async () => (await get(id)).steps.find(({ status }) => status === 'blocked'))
    await skip(id, 'first')
    const run = await reached(id, 'completed')
    expect(run.steps[0]).toMatchObject({ status: 'skipped', reason: null })
    expect(await tested.history(step.taskId ?? '')).toContain('4 cancelled')
    await tested.act((ctx) => retryTask(ctx, step.taskId ?? ''))
    const again = await until(async () => {
      const { status } = (await get(id)).steps[0] ?? {}
      return status === 'blocked' ? status : null
    })
    expect(again).toBe('blocked')
  })

  test('retrying an item takes back that its step was left out', async () => {
    let broken = true
    const map = { name: 'map', title: 'Map', kind: 'map', worker: 'summarizer', over: 'pages' }
    const id = await begin([map, work('end', { needs: ['map'] })])
    await serve(async () => (broken ? BROKEN : completed({ summary: 'x' })))
    const failed = await reached(id, 'failed')
    await skip(id, 'map')
    expect(await statuses(id)).toEqual({ map: 'skipped', end: 'skipped' })
    broken = false
    await tested.act((ctx) => retryTask(ctx, failed.steps[0]?.items[0]?.taskId ?? ''))
    await until(async () => (await statuses(id))['end'] === 'completed')
    expect((await get(id)).steps[0]).toMatchObject({ status: 'completed', skippedBy: null })
  })

  test('what works now, an unknown step, a cancelled run and a viewer are refused in words', async () => {
    const id = await begin([work('first'), asked])
    const working = Promise.withResolvers<void>()
    await serve(async () => {
      await working.promise
      return completed({ summary: 'x' })
    })
    await until(async () => (await get(id)).steps[0]?.status === 'in_progress')
    await expect(skip(id, 'first')).rejects.toThrow('is being worked on')
    await expect(skip(id, 'nothing')).rejects.toThrow(NotFound)
    await expect(skip(id, 'ask', { access: { role: 'viewer', operator: false } })).rejects.toThrow(Forbidden)
    working.resolve()
    await tested.act((ctx) => cancelRun(ctx, id))
    await expect(skip(id, 'ask')).rejects.toThrow('This run was cancelled')
    const other = await tested.database.workspace()
    await expect(skip(id, 'ask', { workspace: other })).rejects.toThrow(NotFound)
  })

  test('a decision is skipped only by those who may decide, and neither of its ways is taken', async () => {
    const id = await begin([
      { ...asked, approvers: 'admins' },
      work('yes', { needs: ['ask.yes'] }),
      work('no', { needs: ['ask.no'] }),
    ])
    await expect(skip(id, 'ask', MEMBER)).rejects.toThrow('Only an owner or admin')
    await expect(skip(id, 'ask', { access: { scopes: ['run'] } })).rejects.toThrow(Forbidden)
    await skip(id, 'ask')
    expect(await statuses(id)).toEqual({ ask: 'skipped', yes: 'skipped', no: 'skipped' })
    expect((await get(id)).status).toBe('completed')
    await expect(tested.act((ctx) => decide(ctx, id, 'ask', { decision: 'approved' }))).rejects.toThrow(Conflict)
  })

  test('two people skip and decide at once: one is told, and the run takes one way', async () => {
    const id = await begin([asked, work('yes', { needs: ['ask.yes'] })])
    const both = await Promise.allSettled([
      skip(id, 'ask'),
      tested.act((ctx) => decide(ctx, id, 'ask', { decision: 'rejected' })),
    ])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await lines(id)).filter((line) => /^ask\|(skipped|completed)/.test(line))).toHaveLength(1)
  })
})

describe('what happened', () => {
  test('each step says when it began and what came of it, a decision by whom, and why one was skipped', async () => {
    const id = await begin([
      work('first'),
      { ...asked, needs: ['first'] },
      work('yes', { needs: ['ask.yes'] }),
      { name: 'long', title: 'Long?', kind: 'condition', if: 'size(input.text) > 100', needs: ['ask'] },
    ])
    await serve(onStep('none'))
    await until(async () => (await get(id)).steps[1]?.status === 'in_progress')
    await tested.act((ctx) => decide(ctx, id, 'ask', { decision: 'rejected', note: 'Too short.' }))
    await reached(id, 'completed')
    expect(await lines(id)).toEqual([
      '|started|The run was started|Ada',
      'first|started|Started|',
      'first|completed|Fine: x|',
      'ask|started|Asks: Is it right?|',
      'ask|completed|Declined: Too short.|Ada',
      'yes|skipped|“Ask” went the other way.|',
      'long|completed|No|',
      '|completed|The run has completed|',
    ])
  })

  test('pages follow each other without gap or repetition, and a wrong cursor is refused', async () => {
    const id = await begin([work('first'), work('other', { needs: ['first'] })])
    await serve(onStep('none'))
    await reached(id, 'completed')
    const whole = await happened(id)
    expect(whole.total).toBe(6)
    const seen: string[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await happened(id, { limit: 2, ...(cursor === undefined ? {} : { cursor }) })
      seen.push(...page.items.map((event) => event.id))
      cursor = page.nextCursor
    }
    expect(seen).toEqual(whole.items.map((event) => event.id))
    for (const cursor of ['x', Buffer.from('2026-01-01|abc').toString('base64url')])
      await expect(happened(id, { cursor })).rejects.toThrow(InvalidInput)
    const other = await tested.database.workspace()
    await expect(tested.act((ctx) => runHappened(ctx, id), { workspace: other })).rejects.toThrow(NotFound)
  })
})
