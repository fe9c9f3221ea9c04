import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Tx } from '#lib/db/client.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { advanceRuns } from './advance.ts'
import { workflowDefinition } from './definition.ts'
import { beginRun } from './start.ts'

let tested: Tested
beforeAll(async () => {
  tested = await testWorkspace()
})
afterAll(() => tested.drop())

const begin = () => {
  const steps = [{ name: 'wait', title: 'Wait', kind: 'wait', seconds: 3600 }]
  const definition = workflowDefinition.parse({ name: 'waits', title: 'Waits', summary: 'Waits.', steps })
  return tested.act((ctx) =>
    beginRun(ctx, definition, { input: { text: 'A text.' }, engine: 'auto', priority: 'normal' }),
  )
}

test('a run is moved although its definition is forgotten while the run is read', async () => {
  const id = await begin()
  let reads = 0
  await tested.act(async (ctx) => {
    const execute = async (query: Parameters<Tx['execute']>[0]) => {
      const answer = await ctx.tx.execute(query)
      reads += 1
      // The first statement follows the tasks, the second reads the run.
      if (reads === 2) for (let others = 0; others < 25; others += 1) await begin()
      return answer
    }
    const tx = Object.create(ctx.tx, { execute: { value: execute } }) as Tx
    await advanceRuns({ ...ctx, tx }, [id])
  })
  expect(reads).toBeGreaterThanOrEqual(2)
})
