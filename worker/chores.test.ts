import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { startChores } from './chores.ts'
import { TIMING } from './timing.ts'

let tested: Tested
beforeAll(async () => {
  tested = await testWorkspace()
})
afterAll(() => tested.drop())

test('chores that are stopped at work end with it, and do not wait for their next turn', async () => {
  const chores = startChores({
    db: tested.database.worker.db,
    queue: tested.queue,
    timing: TIMING,
    processId: () => null,
    returnLost: async () => {},
  })
  const startedAt = performance.now()
  await chores.stop()
  expect(performance.now() - startedAt).toBeLessThan(10_000)
})
