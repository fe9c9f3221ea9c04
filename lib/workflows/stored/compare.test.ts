import { expect, test } from 'vitest'
import { TEMPLATES } from '../catalogue.ts'
import { compareWorkflows, countChanges } from './compare.ts'

const step = (name: string, over: object = {}) => ({
  name,
  title: `Step ${name}`,
  kind: 'worker',
  worker: 'summarizer',
  needs: [] as string[],
  options: { length: 'short' },
  ...over,
})
const flow = (...steps: object[]) => ({ name: 'flow', title: 'Flow', summary: 'What it is for.', steps })
const changed = (before: unknown, after: unknown) =>
  compareWorkflows(before, after).steps.filter(({ change }) => change !== 'same')

test('a workflow is the same as itself, in whatever order its fields stand', () => {
  for (const { definition } of TEMPLATES) {
    const shuffled = JSON.parse(JSON.stringify(definition), (_, value: unknown) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).toReversed())
        : value,
    )
    const changes = compareWorkflows(definition, shuffled)
    expect(countChanges(changes)).toEqual({ new: 0, gone: 0, changed: 0, fields: 0 })
    expect(changes.reordered).toBe(false)
  }
})

test('steps that came, went and changed are told, each with its fields', () => {
  const before = flow(step('a'), step('b', { needs: ['a'] }), step('c', { attempts: 2 }))
  const after = flow(
    step('a', { title: 'First', options: { length: 'long', language: 'de' } }),
    step('c', { needs: ['a', 'd.yes'] }),
    step('d', { kind: 'condition', worker: undefined, if: 'a.score > 1' }),
  )
  const changes = compareWorkflows(before, after)
  expect(changes.steps.map(({ name, change }) => `${name} ${change}`)).toEqual([
    'a changed',
    'c changed',
    'd new',
    'b gone',
  ])
  expect(changes.steps[0]?.fields).toEqual([
    { field: 'title', before: 'Step a', after: 'First' },
    { field: 'options.length', before: 'short', after: 'long' },
    { field: 'options.language', after: 'de' },
  ])
  expect(changes.steps[1]?.fields).toEqual([
    { field: 'needs', before: [], after: ['a', 'd.yes'] },
    { field: 'attempts', before: 2 },
  ])
  expect(changes.steps[2]).toMatchObject({ kind: 'condition', worker: null })
  expect(changes.steps[2]?.fields).toContainEqual({ field: 'if', after: 'a.score > 1' })
})

test('checks and fields of a form are told one by one', () => {
  const checks = [
    { check: 'length', of: 'a.summary', max: 50 },
    { check: 'not_empty', of: 'a.summary' },
  ]
  const before = flow(step('v', { kind: 'validate', checks }))
  const after = flow(step('v', { kind: 'validate', checks: [{ ...checks[0], max: 80 }] }))
  expect(changed(before, after)[0]?.fields).toEqual([
    { field: 'checks.0.max', before: 50, after: 80 },
    { field: 'checks.1', before: checks[1] },
  ])
})

test('what a failure means is one field', () => {
  const before = flow(step('a', { onFailure: 'fail' }), step('b'))
  const after = flow(step('a', { onFailure: { fallback: 'b' } }), step('b'))
  expect(changed(before, after)[0]?.fields).toEqual([{ field: 'onFailure', before: 'fail', after: { fallback: 'b' } }])
})

test('a step with another name is that step, and steps that speak of it have not changed', () => {
  const rest = (name: string, id: string) => [
    step('read', { needs: [`${name}.yes`], text: `${id}.summary`, onFailure: { fallback: name } }),
    step('ask', { kind: 'condition', if: `${id}.score > 1 && size(${id}.list) == 0 && other.${id} == 1` }),
  ]
  const before = flow(step('is-angry', { title: 'Same' }), ...rest('is-angry', 'is_angry'))
  const after = flow(step('angry', { title: 'Same' }), ...rest('angry', 'angry'))
  const found = changed(before, after)
  expect(found.map(({ name, was, fields }) => [name, was, fields.map(({ field }) => field)])).toEqual([
    ['angry', 'is-angry', []],
    ['ask', null, ['if']],
  ])
})

test('title and summary of the workflow, and another order of steps', () => {
  const before = flow(step('a'), step('b'))
  const changes = compareWorkflows(before, { ...flow(step('b'), step('a')), title: 'Other', extra: 1 })
  expect(changes.fields).toEqual([
    { field: 'title', before: 'Flow', after: 'Other' },
    { field: 'extra', after: 1 },
  ])
  expect(changes.reordered).toBe(true)
  expect(changes.steps.map(({ change }) => change)).toEqual(['same', 'same'])
})

test.each([null, 'words', [], {}, { steps: 'none' }, { steps: [1, null, {}, { name: 5 }] }])(
  'a draft that is no workflow (%j) is compared all the same',
  (draft) => {
    expect(changed(flow(step('a')), draft).find(({ name }) => name === 'a')).toMatchObject({ change: 'gone' })
    expect(changed(draft, flow(step('a'))).find(({ name }) => name === 'a')).toMatchObject({ change: 'new' })
  },
)

test('a thousand steps that are all other are compared in a moment', () => {
  const many = (tag: string) =>
    flow(...Array.from({ length: 1_000 }, (_, index) => step(`${tag}${index}`, { needs: [] })))
  const begun = performance.now()
  expect(changed(many('a'), many('b'))).toHaveLength(2_000)
  expect(performance.now() - begun).toBeLessThan(2_000)
})
