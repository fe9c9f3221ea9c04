import { expect, test } from 'vitest'
import { STEP_KINDS } from '#lib/workflows/definition.ts'
import { readPins, TEST_WORDS } from './pins.ts'

const pins = ['a', 'b', 'c', 'd'].map((name) => ({ name, title: name, from: 'example' as const, value: { of: name } }))

test('what is typed takes the place of what is pinned, what is emptied is missing, and what is no JSON is told', () => {
  const { outputs, problems } = readPins({ pins }, { b: '{"of": "me"}', c: ' ', d: '{' })
  expect(outputs).toEqual({ a: { of: 'a' }, b: { of: 'me' } })
  expect(problems).toEqual({ d: expect.stringContaining('This is not JSON') })
})

test('of every kind of step it is said what a test does', () => {
  expect(Object.keys(TEST_WORDS).toSorted()).toEqual([...STEP_KINDS].toSorted())
})
