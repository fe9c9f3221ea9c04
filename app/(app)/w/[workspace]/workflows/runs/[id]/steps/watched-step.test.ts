import { expect, test } from 'vitest'
import { countsOfItems, countsOfSteps, countWords, stackStatus } from './stack-counts.ts'
import { stepLine, titlesOf } from './step-line.ts'
import { step } from './test-steps.ts'
import { brokenAt, followed } from './watched-step.ts'

const working = (name: string, startedAt: string) => step(name, [], { status: 'in_progress', startedAt })

test('the step that began last is followed, and stays so until it ends', () => {
  const both = [working('a', '2026-11-25T10:00:00Z'), working('b', '2026-11-25T10:00:05Z')]
  expect(followed(both, null)).toBe('b')
  expect(followed(both, 'a')).toBe('a')
  expect(followed([step('a'), ...both.slice(1)], 'a')).toBe('b')
})

test('while nothing works the step that waits for a slot is followed, and none once all has ended', () => {
  expect(followed([step('a'), step('b', [], { status: 'pending' })], 'a')).toBe('b')
  expect(followed([step('a'), step('b', [], { status: 'failed' })], 'a')).toBeNull()
})

test('a failed run broke at the step that failed first, whatever failed after it', () => {
  const steps = [
    step('late', [], { status: 'failed', finishedAt: '2026-11-25T10:00:09Z' }),
    step('first', [], { status: 'failed', finishedAt: '2026-11-25T10:00:01Z' }),
  ]
  expect(brokenAt({ status: 'failed', steps })).toBe('first')
  expect(brokenAt({ status: 'in_progress', steps })).toBeNull()
})

test('a stack says how many have ended and how many of them failed, and stands as what is open in it', () => {
  const steps = (['completed', 'failed', 'failed', 'in_progress', 'waiting'] as const).map((status) => ({ status }))
  expect(countsOfSteps(steps)).toMatchObject({ ended: 3, of: 5, failed: 2 })
  expect(stackStatus(steps)).toBe('in_progress')
  expect(stackStatus([{ status: 'completed' }, { status: 'failed' }])).toBe('failed')
  expect(stackStatus([{ status: 'skipped' }])).toBe('skipped')
  const items = [
    { status: 'failed' as const, count: 2 },
    { status: 'completed' as const, count: 36 },
    { status: 'pending' as const, count: 12 },
  ]
  expect(countWords(countsOfItems(items))).toBe('38 of 50, 2 failed')
  expect(countsOfItems(items).parts.map(({ status }) => status)).toEqual(['completed', 'failed', 'pending'])
})

test('a waiting step names what it waits for, and not a whole column of it', () => {
  const steps = [step('a', [], { title: 'Read' }), step('b', ['a.yes'], { status: 'waiting' })]
  expect(stepLine(steps[1] as never, titlesOf(steps))).toBe('Starts after Read')
  const many = step('z', ['a', 'b', 'c', 'd', 'e'], { status: 'waiting' })
  expect(stepLine(many, titlesOf(steps))).toBe('Starts after Read, b and 3 more')
})
