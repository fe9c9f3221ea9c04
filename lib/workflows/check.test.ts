import { describe, expect, test } from 'vitest'
import { checkDefinition } from './check.ts'
import { evaluateCondition } from './conditions.ts'
import { type WorkflowDefinition, workflowDefinition } from './definition.ts'
import { readPath } from './paths.ts'

const none = () => Promise.resolve(null)
const define = (steps: object[], name = 'tried') => ({ name, title: 'Tried', summary: 'A test.', steps })
const issuesOf = async (steps: object[], find: (name: string) => Promise<WorkflowDefinition | null> = none) =>
  (await checkDefinition(define(steps), find)).issues.map(({ path, message }) => `${path}: ${message}`)
const work = (name: string, more: object = {}) => ({ name, title: name, kind: 'worker', worker: 'summarizer', ...more })
const tone = work('tone', { worker: 'sentiment-analyzer' })
const condition = (expression: string) => [
  tone,
  { name: 'ask', title: 'Ask', kind: 'condition', needs: ['tone'], if: expression },
]

describe('what a definition says of outputs', () => {
  test.each([
    ["tone.label == 'negative' && tone.confidence != 'low'", null],
    ['tone.score > 0 && size(tone.tones) > 1', null],
    ['tone.score + 1 > 0.5', null],
    ['tone.label == null', null],
    ["tone.emotions.exists(e, e.emotion == 'anger')", null],
    ["tone.lable == 'negative'", 'lable'],
    ["tone.label == 'angry'", 'is never "angry"'],
    ["tone.label in ['negative', 'cross']", 'is never "cross"'],
    ['tone.explanation > 3', 'no such overload'],
    ['tone.explanation', 'true or false'],
    ["other.label == 'x'", 'neither "input" nor a step before this one'],
    ['tone.label ==', 'Unexpected'],
  ])('the condition %s', async (expression, problem) => {
    const issues = await issuesOf(condition(expression))
    expect(issues).toHaveLength(problem === null ? 0 : 1)
    expect(issues[0] ?? 'steps.1.if: ').toMatch(/^steps\.1\.if: /)
    expect(issues[0] ?? '').toContain(problem ?? '')
  })

  test('a condition too deep or too long to be checked is refused and nothing hangs', async () => {
    expect(await issuesOf(condition(`${'('.repeat(200)}true${')'.repeat(200)}`))).toHaveLength(1)
    expect(await issuesOf(condition(`true${' && true'.repeat(300)}`))).toHaveLength(1)
  })

  test.each([
    [work('b', { needs: ['tone'], text: 'tone.explanation' }), null],
    [work('b', { needs: ['tone'], text: 'tone.emotions' }), 'is a list, and a text is wanted'],
    [work('b', { needs: ['tone'], text: 'tone.why' }), 'has no field "why". It has: label, score'],
    [work('b', { text: 'tone.explanation' }), 'neither "input" nor a step before'],
    [work('b', { options: { length: 'endless' } }), 'options.length'],
    [work('b', { options: { colour: 'red' } }), 'not known here'],
    [work('b', { needs: ['tone'], options: { focus: { from: 'tone.explanation' } } }), null],
    [work('b', { needs: ['tone'], options: { focus: { from: 'tone.nothing' } } }), 'has no field'],
    [{ name: 'b', title: 'b', kind: 'map', needs: ['tone'], over: 'tone.tones', worker: 'summarizer' }, null],
    [
      { name: 'b', title: 'b', kind: 'map', needs: ['tone'], over: 'tone.explanation', worker: 'summarizer' },
      'a list of texts is wanted',
    ],
    [
      {
        name: 'b',
        title: 'b',
        kind: 'validate',
        needs: ['tone'],
        checks: [{ check: 'length', of: 'tone.explanation' }],
      },
      'the least, the most',
    ],
    [
      {
        name: 'b',
        title: 'b',
        kind: 'approval',
        needs: ['tone'],
        question: 'Right?',
        fields: [{ name: 'x', title: 'X', kind: 'choice' }],
      },
      'at least two choices',
    ],
    [work('b', { needs: ['tone.yes'] }), 'has no branches'],
    [work('b', { onFailure: { fallback: 'b' } }), 'stand in for itself'],
    [work('b', { onFailure: { fallback: 'gone' } }), 'no step named "gone"'],
    [work('to-ne'), null],
    [work('input'), 'meaning of its own'],
  ])('a step such as %j', async (step, problem) => {
    const [first, ...others] = await issuesOf([tone, step])
    expect(first === undefined).toBe(problem === null)
    expect(first ?? '').toContain(problem ?? '')
    expect(others.every((issue) => issue.includes('waits for itself'))).toBe(true)
  })

  test('workflows within workflows are found, pinned, and never their own', async () => {
    const inner = workflowDefinition.parse(define([work('short')], 'inner'))
    const uses = (workflow: string) => [{ name: 'sub', title: 'Sub', kind: 'workflow', workflow }]
    const after = work('b', { needs: ['sub'], text: 'sub.short.summary' })
    const find = (name: string) => Promise.resolve(name === 'inner' ? inner : null)
    const checked = await checkDefinition(define([...uses('inner'), after]), find)
    expect(checked.definition?.uses).toEqual({ inner })
    expect(await issuesOf([...uses('inner'), { ...after, text: 'sub.long.summary' }], find)).toEqual([
      expect.stringContaining('has no field "long". It has: short'),
    ])
    expect(await issuesOf(uses('gone'))).toEqual([expect.stringContaining('no published workflow named "gone"')])
    expect(await issuesOf(uses('tried'), find)).toEqual([expect.stringContaining('would run itself')])
  })

  test('5,000 steps are refused at once, 1,000 in a chain are checked in a moment, and a cycle of them is named', async () => {
    const chain = (length: number) =>
      Array.from({ length }, (_, index) =>
        work(`s${index}`, index === 0 ? {} : { needs: [`s${index - 1}`], text: `s${index - 1}.summary` }),
      )
    expect(await issuesOf(chain(5000))).toEqual(['steps: A workflow has at most 1000 steps.'])
    const startedAt = performance.now()
    expect(await issuesOf(chain(1000))).toEqual([])
    expect(performance.now() - startedAt).toBeLessThan(5_000)
    const [first, ...rest] = chain(1000)
    const cycle = await issuesOf([{ ...first, needs: ['s999'] }, ...rest])
    expect(cycle[0]).toContain('waits for itself')
  })
})

describe('paths', () => {
  test('a field of a list is the list of that field, and what is missing is left out', () => {
    const values = new Map<string, unknown>([['a', { items: [{ n: ['x'] }, { n: ['y', 'z'] }, {}] }]])
    expect(readPath(values, 'a.items.n')).toEqual(['x', 'y', 'z'])
    expect(readPath(values, 'a.other')).toBeUndefined()
    expect(readPath(values, 'a.constructor')).toBeUndefined()
  })
})

describe('conditions over values', () => {
  const values = new Map<string, unknown>([['tone', { label: 'negative', score: -0.5, list: [1, 2] }]])
  test.each([
    ["tone.label == 'negative'", true],
    ['tone.score < 0', true],
    ['tone.score + 1 > 0', true],
    ['size(tone.list) == 3', false],
    ['has(tone.nothing)', false],
  ])('%s is %s', async (expression, expected) => {
    expect(await evaluateCondition(expression, values)).toBe(expected)
  })

  test.each([
    ["tone.text.matches('(a+)+$')", { text: `${'a'.repeat(40)}!` }],
    [
      'tone.list.all(a, tone.list.all(b, tone.list.all(c, a + b + c >= 0)))',
      { list: Array.from({ length: 2_000 }, () => 1) },
    ],
  ])('%s does not hold up all else', async (expression, output) => {
    const held = new Map<string, unknown>([['tone', output]])
    await expect(evaluateCondition(expression, held)).rejects.toThrow('longer than a second')
    expect(await evaluateCondition('size(tone) == 1', held)).toBe(true)
  })

  test('what has no value is said in a sentence', async () => {
    await expect(evaluateCondition("tone.mood == 'x'", values)).rejects.toThrow('could not be told: No such key: mood')
    await expect(evaluateCondition('gone.x == 1', values)).rejects.toThrow('Unknown variable: gone')
  })
})
