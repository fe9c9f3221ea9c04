import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { testDatabase } from '#lib/db/test-database.ts'
import type { ClaimedTask } from '#lib/queue/claim.ts'
import { StaleAttempt } from '#lib/tasks/ledger.ts'
import { openLocalEngine } from './local/engine.ts'
import type { Powers } from './run-task.ts'
import { running } from './test-worker.ts'

const logged: string[] = []
beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation((line: string) => void logged.push(line))
})
afterEach(() => {
  vi.restoreAllMocks()
  logged.length = 0
})

const TASK = {
  id: 'the-task',
  epoch: 3,
  worker: 'summarizer',
  engine: 'rules',
  text: 'A secret text.',
  options: {},
  attemptsUsed: 0,
}
const textOf = (input: unknown) => (input as { text: string }).text
const run = (local: Powers['local'], signal = new AbortController().signal) =>
  running(local)(TASK as unknown as ClaimedTask, signal)

test('an unexpected error of a task is one line in the log, with where it comes from and none of its words', async () => {
  const ending = await run((_, input) =>
    Promise.reject(new TypeError(`cannot read ${textOf(input)}\n    at secret (secret.ts:1:1)`)),
  )
  expect(ending.error?.code).toBe('internal_error')
  expect(logged).toHaveLength(1)
  expect(JSON.parse(logged[0] as string)).toEqual({
    level: 'error',
    event: 'attempt_failed',
    code: 'internal_error',
    taskId: 'the-task',
    epoch: 3,
    causes: ['TypeError'],
    where: expect.arrayContaining([expect.stringMatching(/report\.test\.ts:\d+:\d+/)]),
  })
  expect(logged[0]).not.toContain('secret')
})

test('the values of a failed query are neither in the log nor in the error of the task', async () => {
  const database = await testDatabase()
  const ending = await run((_, input) =>
    database.worker.db
      .execute(sql`select ${textOf(input)}::int`)
      .then(() => Promise.reject(new Error('must not work'))),
  )
  await database.drop()
  expect(ending.error).toMatchObject({ code: 'internal_error', message: 'A query of the worker failed.' })
  expect(JSON.parse(logged[0] as string).causes.join()).toContain('22P02')
  expect(JSON.stringify([logged, ending])).not.toContain('secret')
})

test('a failure of the built-in engine names the place in its thread', async () => {
  const engine = openLocalEngine({ threads: 1 })
  const ending = await run((_, input, signal) => engine.run('a secret worker', input, signal))
  await engine.close()
  expect(ending.error?.code).toBe('engine_failed')
  expect(JSON.parse(logged[0] as string)).toMatchObject({
    code: 'engine_failed',
    causes: ['NotFound'],
    where: expect.arrayContaining([expect.stringMatching(/answer\.ts:\d+:\d+/)]),
  })
  expect(logged[0]).not.toContain('secret')
})

test('what was stopped or taken away is not reported', async () => {
  const stop = new AbortController()
  await run(() => {
    stop.abort()
    return Promise.reject(new Error('stopped'))
  }, stop.signal)
  await run(() => Promise.reject(new StaleAttempt()))
  expect(logged).toEqual([])
})
