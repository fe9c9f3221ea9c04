import { expect, test } from 'vitest'
import { remainingOf } from './remaining-time.ts'
import { fan, step } from './test-steps.ts'

const TIMES = [
  { worker: 'summarizer', medianMs: 1_000, slots: 2 },
  { worker: 'translator', medianMs: 5_000, slots: 1 },
  { worker: 'sentiment-analyzer', medianMs: null, slots: 1 },
]
const CLOCK = { now: 1_000, readAt: 1_000 }
const waiting = (name: string, needs: string[] = [], worker = 'summarizer') =>
  step(name, needs, { status: 'waiting', worker })

test('steps one after the other add up, steps side by side take as long as the longest', () => {
  const chain = [waiting('c', ['b']), waiting('a'), waiting('b', ['a'])]
  expect(remainingOf(chain, TIMES, CLOCK)).toEqual({ kind: 'expected', ms: 3_000, own: false, until: null })
  const fork = [waiting('a'), waiting('b', ['a'], 'translator'), waiting('c', ['a'])]
  expect(remainingOf(fork, TIMES, CLOCK)).toMatchObject({ ms: 6_000 })
})

test('more steps than slots take turns', () => {
  const steps = Array.from({ length: 40 }, (_, index) => step(`s${index}`, [], { status: 'pending' }))
  expect(remainingOf(steps, TIMES, CLOCK)).toMatchObject({ ms: 20_000 })
})

test('what a working step has done is taken off, also since it was read; one that is late is nearly done', () => {
  const working = (workedMs: number) => [step('a', [], { status: 'in_progress', workedMs })]
  expect(remainingOf(working(300), TIMES, { now: 1_200, readAt: 1_000 })).toMatchObject({ ms: 500 })
  expect(remainingOf(working(9_000), TIMES, CLOCK)).toMatchObject({ ms: 100 })
})

test('what three steps of the run itself took counts more than what others took', () => {
  const steps = fan(5, (index) => (index < 3 ? { workedMs: 400 } : { status: 'pending' })).slice(1, -1)
  expect(remainingOf(steps, TIMES, CLOCK)).toEqual({ kind: 'expected', ms: 400, own: true, until: null })
})

test('without a measured time, or with nothing left but what waits for a person, no time is named', () => {
  expect(remainingOf([waiting('a', [], 'sentiment-analyzer')], TIMES, CLOCK)).toEqual({ kind: 'unknown' })
  const blocked = step('a', [], { status: 'blocked', title: 'Translate', reason: 'needs_model' })
  expect(remainingOf([step('b'), blocked], TIMES, CLOCK)).toEqual({ kind: 'held', by: 'Translate' })
  expect(remainingOf([step('a'), step('b', [], { status: 'failed' })], TIMES, CLOCK)).toEqual({ kind: 'ended' })
})

test('steps that wait for each other end the estimate, not the page', () => {
  expect(remainingOf([waiting('a', ['b']), waiting('b', ['a'])], TIMES, CLOCK)).toMatchObject({ kind: 'expected' })
})

test('an approval ahead ends the estimate there, and one that is asked for holds the run', () => {
  const ask = (status: 'waiting' | 'in_progress') =>
    step('ask', ['a'], { kind: 'approval', worker: null, status, title: 'Human approval' })
  expect(remainingOf([waiting('a'), ask('waiting'), waiting('b', ['ask.yes'])], TIMES, CLOCK)).toEqual({
    kind: 'expected',
    ms: 1_000,
    own: false,
    until: 'Human approval',
  })
  expect(remainingOf([step('a'), ask('in_progress'), waiting('b', ['ask.yes'])], TIMES, CLOCK)).toEqual({
    kind: 'held',
    by: 'Human approval',
  })
})

test('a wait takes until its time, a list as long as its items take turns, and a condition no time', () => {
  const wait = step('w', [], {
    kind: 'wait',
    worker: null,
    status: 'in_progress',
    wakeAt: new Date(9_000).toISOString(),
  })
  expect(remainingOf([wait], TIMES, CLOCK)).toMatchObject({ ms: 8_000 })
  const pages = step('m', [], {
    kind: 'map',
    status: 'in_progress',
    itemCounts: [
      { status: 'completed', count: 10 },
      { status: 'pending', count: 20 },
    ],
  })
  expect(remainingOf([pages], TIMES, CLOCK)).toMatchObject({ ms: 10_000 })
  expect(
    remainingOf([step('c', [], { kind: 'condition', worker: null, status: 'waiting' })], TIMES, CLOCK),
  ).toMatchObject({ ms: 0 })
})
