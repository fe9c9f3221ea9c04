import { expect, test } from 'vitest'
import type { Budget } from '#lib/budgets/shapes.ts'
import { budgetWords, freeMicros, sharesOf, waitingWords } from './budget-words.ts'

const budget: Budget = {
  capMicros: 2_000_000,
  spentMicros: 900_000,
  reservedMicros: 300_000,
  assumedMicros: 0,
  unpriced: false,
  waiting: 0,
  neededMicros: null,
  unpricedModels: [],
}

test('the bar shows what is spent and reserved of the cap, or of what is used where that is more', () => {
  expect(sharesOf(budget)).toEqual({ spent: 45, reserved: 15 })
  expect(sharesOf({ ...budget, capMicros: 600_000 })).toEqual({ spent: 75, reserved: 25 })
  expect(freeMicros({ ...budget, capMicros: 600_000 })).toBe(0)
  expect(budgetWords(budget)).toBe('$0.90 spent, $0.30 reserved for calls under way, $0.80 free, cap $2.00')
})

test('what waits is told with what it waits for, and nothing is said while nothing waits', () => {
  expect(waitingWords(budget, false)).toBeNull()
  const close = { ...budget, waiting: 2, neededMicros: 900_000 }
  expect(waitingWords(close, false)).toMatchObject({ title: 'Close to the cap' })
  const reached = waitingWords({ ...close, reservedMicros: 0 }, true)
  expect(reached).toMatchObject({ title: 'Budget reached' })
  expect(reached?.words).toContain('2 tasks wait: the next call may cost up to $0.90, and $1.10 of the cap are free')
  expect(waitingWords({ ...budget, waiting: 1, unpricedModels: ['large'] }, true)).toMatchObject({
    title: 'large has no price',
    words: expect.stringContaining('1 task waits'),
  })
})
