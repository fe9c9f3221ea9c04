import { describe, expect, test } from 'vitest'
import { TEMPLATES } from '../catalogue.ts'
import { workflowDefinition } from '../definition.ts'
import { wouldCircle } from './circles.ts'
import { type DraftEdit, edited } from './edit.ts'
import { KIND_STEPS } from './test-steps.ts'
import { type Draft, nameOf, needsOf, stepsOf, understood } from './read.ts'
import { mentionsIn, rootsIn, withRoot } from './references.ts'

const work = (name: string, ...needs: string[]) => ({ name, title: name, kind: 'worker', worker: 'summarizer', needs })
const draftOf = (...steps: object[]): Draft => ({ title: 'T', summary: 'S', steps })
const after = (draft: Draft, edit: DraftEdit) => edited(draft, edit).draft
const stepAt = (draft: Draft, index: number) => stepsOf(draft)[index]

describe('a step under another name', () => {
  test('is followed by needs, branches, fallbacks, paths, options, checks and expressions of every kind', () => {
    const draft = draftOf({ name: 'first-look', title: 'A', kind: 'condition', if: "input.text != ''" }, ...KIND_STEPS)
    const renamed = after(draft, { do: 'rename', index: 0, name: 'look' })
    const text = JSON.stringify(renamed)
    const condition = "size(look.holds) > 0 && other.first_look == 'first_look'"
    expect(text).toContain(condition)
    expect(text.replace(condition, '')).not.toMatch(/first.look/)
    expect(stepsOf(renamed).slice(1).map(needsOf)).toEqual(KIND_STEPS.map(() => ['look.yes']))
    const mentioned = (one: Draft) => stepsOf(one).flatMap(mentionsIn).map(rootsIn)
    expect(
      mentioned(renamed)
        .flat()
        .filter((root) => root === 'look'),
    ).toHaveLength(
      mentioned(draft)
        .flat()
        .filter((root) => root === 'first_look').length,
    )
  })

  test('of which there are two is meant only when it is the first', () => {
    const draft = draftOf(work('a'), work('a'), work('b', 'a'))
    expect(stepsOf(after(draft, { do: 'rename', index: 1, name: 'c' })).map(nameOf)).toEqual(['a', 'c', 'b'])
    expect(needsOf(stepAt(after(draft, { do: 'rename', index: 1, name: 'c' }), 2) ?? {})).toEqual(['a'])
    expect(needsOf(stepAt(after(draft, { do: 'rename', index: 0, name: 'c' }), 2) ?? {})).toEqual(['c'])
  })

  test.each([
    ['tone.label', 'mood.label'],
    ['tone', 'mood'],
    ["tone.label == 'tone' && other.tone == 1", "mood.label == 'tone' && other.tone == 1"],
    ['"say \\"tone\\"" + tone.x', '"say \\"tone\\"" + mood.x'],
    ['other . tone + tones + tone2', 'other . tone + tones + tone2'],
  ])('%s', (text, expected) => {
    expect(withRoot(text, 'tone', 'mood')).toBe(expected)
  })
})

test('what waited for a deleted step waits for what that waited for, and its stand-in is nobody’s', () => {
  const draft = draftOf(
    { ...work('a'), onFailure: { fallback: 'b' } },
    work('b', 'x', 'y.yes'),
    work('c', 'b', 'x'),
    work('x'),
    { name: 'y', kind: 'condition' },
  )
  const { draft: left, selected } = edited(draft, { do: 'remove', index: 1 })
  expect(stepAt(left, 0)).not.toHaveProperty('onFailure')
  expect(needsOf(stepAt(left, 1) ?? {})).toEqual(['x', 'y.yes'])
  expect(selected).toBe(1)
  expect(edited(draftOf(work('a')), { do: 'remove', index: 0 }).selected).toBeNull()
})

test('no need can be added that would let a step wait for itself', () => {
  const draft = draftOf(work('a'), { ...work('b', 'a'), onFailure: { fallback: 'd' } }, work('c'), work('d'))
  expect(wouldCircle(draft, 'a', 'a')).toBe(true)
  expect(wouldCircle(draft, 'd.yes', 'a')).toBe(true)
  expect(wouldCircle(draft, 'b', 'c')).toBe(false)
  expect(after(draft, { do: 'connect', index: 0, need: 'd' })).toBe(draft)
  expect(needsOf(stepAt(after(draft, { do: 'connect', index: 2, need: 'b' }), 2) ?? {})).toEqual(['b'])
})

test('a branch of a step takes the place of a need on the whole step', () => {
  const draft = draftOf({ name: 'q', kind: 'condition' }, work('a', 'q'))
  const connected = after(draft, { do: 'connect', index: 1, need: 'q.no' })
  expect(needsOf(stepAt(connected, 1) ?? {})).toEqual(['q.no'])
  expect(needsOf(stepAt(after(connected, { do: 'disconnect', index: 1, need: 'q.no' }), 1) ?? {})).toEqual([])
})

test('a step is added after the chosen one, on the branch that is free, under a name of its own', () => {
  let draft = draftOf({ name: 'q', title: 'Q', kind: 'condition', if: 'true' })
  const add = () => {
    const { draft: next, selected } = edited(draft, {
      do: 'add',
      step: { kind: 'worker', worker: 'translator', title: 'Translator' },
      after: 0,
    })
    draft = next
    return stepAt(draft, selected ?? -1)
  }
  expect(add()).toMatchObject({ name: 'translator', needs: ['q.yes'], worker: 'translator' })
  expect(add()).toMatchObject({ name: 'translator-2', needs: ['q.no'] })
  expect(add()).toMatchObject({ name: 'translator-3', needs: ['q'] })
  expect(workflowDefinition.safeParse({ name: 'w', ...draft }).success).toBe(true)
})

test('a copy stands right after its step and stands in for nobody', () => {
  const draft = draftOf({ ...work('a'), onFailure: { fallback: 'b' } }, work('b'))
  const copied = after(draft, { do: 'duplicate', index: 0 })
  expect(stepsOf(copied).map(nameOf)).toEqual(['a', 'a-2', 'b'])
  expect(stepAt(copied, 1)).not.toHaveProperty('onFailure')
})

test('steps move within the list and no further', () => {
  const draft = draftOf(work('a'), work('b'), work('c'))
  expect(stepsOf(after(draft, { do: 'move', index: 0, to: 2 })).map(nameOf)).toEqual(['b', 'c', 'a'])
  expect(after(draft, { do: 'move', index: 0, to: -1 })).toBe(draft)
})

test('whatever was typed is read as far as it goes', () => {
  const odd = { steps: [null, 5, 'a', { name: 5, needs: 'x' }, { name: 'a', kind: 'toString', needs: [1, 'b'] }] }
  expect(stepsOf(odd).map(nameOf)).toEqual(['', '', '', '', 'a'])
  expect(stepsOf(odd).map(needsOf)).toEqual([[], [], [], [], ['b']])
  expect(understood(odd)).toEqual([])
  expect(stepsOf({ steps: {} })).toEqual([])
  expect(edited({}, { do: 'set', at: ['steps', 0, 'needs', 0], to: 'a' }).draft).toEqual({ steps: [{ needs: ['a'] }] })
  for (const { definition } of TEMPLATES) expect(understood(definition)).toMatchObject(definition.steps)
})
