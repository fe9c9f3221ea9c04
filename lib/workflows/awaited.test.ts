import { afterEach, beforeEach, expect, test } from 'vitest'
import { Forbidden } from '#lib/errors.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { decide } from './approvals.ts'
import { decisionsAwaited } from './awaited.ts'
import { cancelRun } from './cancel.ts'
import { workflowDefinition } from './definition.ts'
import { beginRun } from './start.ts'

let tested: Tested

beforeEach(async () => {
  tested = await testWorkspace()
})
afterEach(() => tested.drop())

const begin = (more: object = {}) => {
  const step = { name: 'ask', title: 'Ask', kind: 'approval', question: 'Send it?', ...more }
  const wait = { name: 'wait', title: 'Wait', kind: 'wait', seconds: 3600 }
  const definition = workflowDefinition.parse({ name: 'asks', title: 'Asks', summary: 'Asks.', steps: [wait, step] })
  return tested.act((ctx) =>
    beginRun(ctx, definition, { input: { text: 'A letter.' }, engine: 'auto', priority: 'normal' }),
  )
}
const as = (role: 'owner' | 'member' | 'viewer') => ({ access: { role, operator: false } })
const awaited = (options = {}) => tested.act((ctx) => decisionsAwaited(ctx), options)

test('the oldest decision comes first, until somebody has decided or the run was cancelled', async () => {
  expect(await awaited()).toEqual({ count: 0, oldest: [] })
  const first = await begin()
  const second = await begin({ question: 'And this?' })
  expect(await awaited()).toEqual({
    count: 2,
    oldest: [
      { runId: first, step: 'ask', question: 'Send it?', title: 'A letter.', sinceAt: expect.any(String) },
      { runId: second, step: 'ask', question: 'And this?', title: 'A letter.', sinceAt: expect.any(String) },
    ],
  })
  await tested.act((ctx) => decide(ctx, first, 'ask', { decision: 'approved' }))
  expect(await awaited()).toMatchObject({ count: 1, oldest: [{ runId: second, question: 'And this?' }] })
  await tested.act((ctx) => cancelRun(ctx, second))
  expect(await awaited()).toEqual({ count: 0, oldest: [] })
})

test('only decisions that the person may make are offered: by role, and not those of a run they started', async () => {
  await begin({ approvers: 'admins' })
  await begin({ notSubmitter: true })
  expect((await awaited(as('owner'))).count).toBe(1)
  expect((await awaited(as('member'))).count).toBe(0)
  expect((await awaited(as('viewer'))).count).toBe(0)
  expect((await awaited({ access: { scopes: ['read', 'run'] } })).count).toBe(0)
  await expect(awaited({ access: { scopes: ['run'] } })).rejects.toThrow(Forbidden)
})

test('another workspace’s decisions are not told', async () => {
  await begin()
  const other = await tested.database.workspace()
  expect((await awaited({ workspace: other })).count).toBe(0)
})

test('a decision is found behind a thousand other steps that wait', async () => {
  const waits = Array.from({ length: 1_000 }, (_, index) => ({
    name: `wait-${index}`,
    title: 'Wait',
    kind: 'wait',
    seconds: 3600,
  }))
  const steps = workflowDefinition.parse({ name: 'waits', title: 'Waits', summary: 'Waits.', steps: waits })
  await tested.act((ctx) => beginRun(ctx, steps, { input: { text: 'A text.' }, engine: 'auto', priority: 'normal' }))
  const runId = await begin()
  expect(await awaited()).toMatchObject({ count: 1, oldest: [{ runId }] })
})
