import { expect, test } from 'vitest'
import { afterSkip } from './after-skip.ts'
import { step } from './test-steps.ts'

test('before a step is skipped it is said what starts, what is skipped with it, and where the run stands then', () => {
  const steps = [
    step('first', [], { status: 'failed' }),
    step('other'),
    step('after', ['first'], { status: 'skipped' }),
    step('both', ['first', 'other'], { status: 'skipped' }),
  ]
  expect(afterSkip(steps, 'first')).toEqual({ starts: ['both'], skipped: [], run: 'in_progress' })
})

test('what somebody else has skipped stays so, and a run without open steps ends', () => {
  const steps = [
    step('first', [], { status: 'skipped', skippedBy: 'Ana' }),
    step('ask', ['first'], { status: 'in_progress', kind: 'approval' }),
    step('yes', ['ask.yes'], { status: 'waiting' }),
  ]
  expect(afterSkip(steps, 'ask')).toEqual({ starts: [], skipped: ['yes'], run: 'completed' })
})
