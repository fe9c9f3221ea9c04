import { expect, test } from 'vitest'
import { graphOf, REPORT, shapeOf, TEXT } from './run-graph.ts'
import { fan, step } from './test-steps.ts'

const looks = (steps: Parameters<typeof graphOf>[0]) =>
  Object.fromEntries(graphOf(steps).edges.map(({ from, to, look }) => [`${from} ${to}`, look]))

test('the text leads to what needs nothing, and what nothing needs leads to the report', () => {
  const { nodes, edges } = graphOf([step('a'), step('b', ['a']), step('c')])
  expect(nodes.map(({ id }) => id)).toEqual([TEXT, 'a', 'b', 'c', REPORT])
  expect(edges.map(({ from, to }) => `${from} ${to}`)).toEqual([
    `${TEXT} a`,
    'a b',
    `b ${REPORT}`,
    `${TEXT} c`,
    `c ${REPORT}`,
  ])
})

test('a way is solid behind what ended, hatched behind what works, hollow behind what has not begun', () => {
  const found = looks([
    step('a'),
    step('b', ['a'], { status: 'in_progress' }),
    step('c', ['b'], { status: 'waiting' }),
    step('d', ['c'], { status: 'waiting' }),
  ])
  expect(found).toEqual({
    [`${TEXT} a`]: 'done',
    'a b': 'done',
    'b c': 'waiting',
    'c d': 'not_yet',
    [`d ${REPORT}`]: 'not_yet',
  })
})

test('a way to a step that was left out is not taken, and one behind a failed step is broken', () => {
  const found = looks([
    step('a', [], { status: 'failed' }),
    step('b', ['a'], { status: 'skipped' }),
    step('c', ['a'], { status: 'completed' }),
  ])
  expect(found).toMatchObject({ 'a b': 'not_taken', 'a c': 'broken', [`b ${REPORT}`]: 'not_taken' })
})

test('a way that a condition did not go is not taken, whatever becomes of where it leads', () => {
  const check = step('check', [], { kind: 'condition', worker: null, branch: 'yes' })
  const steps = [check, step('ask', ['check.yes'], { status: 'in_progress' }), step('reply', ['check.no', 'ask'])]
  expect(looks(steps)).toMatchObject({ 'check ask': 'done', 'check reply': 'not_taken' })
  expect(graphOf(steps).edges.find(({ to }) => to === 'ask')?.branch).toBe('yes')
})

test('many equal steps side by side are one card, named by what their titles share', () => {
  const { nodes, edges } = graphOf(fan(50, (index) => ({ status: index < 2 ? 'failed' : 'completed' })))
  expect(nodes.map(({ id }) => id)).toEqual([TEXT, 'first', 'p1', 'last', REPORT])
  expect(nodes[2]).toMatchObject({ kind: 'stack', title: 'Summarize page' })
  expect(edges.map(({ from, to, look }) => [from, to, look])).toEqual([
    [TEXT, 'first', 'done'],
    ['first', 'p1', 'done'],
    ['p1', 'last', 'broken'],
    ['last', REPORT, 'done'],
  ])
})

test('seven equal steps are still seven cards, and other workers are never in one stack', () => {
  expect(graphOf(fan(7)).nodes).toHaveLength(11)
  const mixed = fan(12, (index) => ({ worker: index % 2 === 0 ? 'summarizer' : 'translator' }))
  expect(graphOf(mixed).nodes).toHaveLength(16)
})

test('the shape stays the same while states change', () => {
  const before = shapeOf(graphOf([step('a', [], { status: 'in_progress' }), step('b', ['a'], { status: 'waiting' })]))
  expect(shapeOf(graphOf([step('a'), step('b', ['a'])]))).toBe(before)
  expect(shapeOf(graphOf([step('a'), step('b')]))).not.toBe(before)
})
