import { describe, expect, test } from 'vitest'
import { WORKFLOWS } from './catalogue.ts'
import { workflowDefinition } from './definition.ts'
import { nextOf, type StepState } from './graph.ts'

type Policy = 'fail' | 'continue'

const step = (name: string, needs: string[] = [], onFailure: Policy = 'fail') => ({ name, needs, onFailure })
const standing = (states: Record<string, StepState['status'] | 'blocked'>) =>
  new Map(
    Object.entries(states).map(([name, status]) => [
      name,
      status === 'blocked' ? { status: 'in_progress' as const, blocked: true } : { status, blocked: false },
    ]),
  )

/** Two branches that join. */
const DIAMOND = [step('read'), step('left', ['read']), step('right', ['read']), step('join', ['left', 'right'])]

describe('what follows in a run', () => {
  test.each([
    ['nothing has begun', {}, ['read'], 'in_progress'],
    ['the first step runs', { read: 'in_progress' }, [], 'in_progress'],
    ['the first step has ended', { read: 'completed' }, ['left', 'right'], 'in_progress'],
    ['one branch has ended', { read: 'completed', left: 'completed', right: 'in_progress' }, [], 'in_progress'],
    ['both branches have ended', { read: 'completed', left: 'completed', right: 'completed' }, ['join'], 'in_progress'],
    ['all has ended', { read: 'completed', left: 'completed', right: 'completed', join: 'completed' }, [], 'completed'],
  ] as const)('when %s', (_, states, ready, run) => {
    expect(nextOf(DIAMOND, standing(states))).toEqual({ ready, skipped: [], waiting: [], run })
  })

  test('a failed step ends the run once what runs beside it has ended, and what waits is skipped', () => {
    const running = nextOf(DIAMOND, standing({ read: 'completed', left: 'failed', right: 'in_progress' }))
    expect(running).toEqual({ ready: [], skipped: ['join'], waiting: [], run: 'in_progress' })
    const ended = standing({ read: 'completed', left: 'failed', right: 'completed', join: 'skipped' })
    expect(nextOf(DIAMOND, ended)).toEqual({ ready: [], skipped: [], waiting: [], run: 'failed' })
  })

  test('what was skipped goes on when what failed is mended, each step in its turn', () => {
    const mended = standing({ read: 'in_progress', left: 'skipped', right: 'skipped', join: 'skipped' })
    expect(nextOf(DIAMOND, mended)).toEqual({
      ready: [],
      skipped: [],
      waiting: ['left', 'right', 'join'],
      run: 'in_progress',
    })
    const ended = standing({ read: 'completed', left: 'skipped', right: 'waiting', join: 'skipped' })
    expect(nextOf(DIAMOND, ended)).toEqual({
      ready: ['left', 'right'],
      skipped: [],
      waiting: ['join'],
      run: 'in_progress',
    })
  })

  test('a run whose steps were only cancelled is cancelled', () => {
    const states = standing({ read: 'completed', left: 'cancelled', right: 'completed', join: 'cancelled' })
    expect(nextOf(DIAMOND, states).run).toBe('cancelled')
  })

  test('what needs a step that can be done without goes on when that fails', () => {
    const graph = [step('read', [], 'continue'), step('write', ['read'])]
    expect(nextOf(graph, standing({ read: 'failed' }))).toEqual({
      ready: ['write'],
      skipped: [],
      waiting: [],
      run: 'in_progress',
    })
    expect(nextOf(graph, standing({ read: 'failed', write: 'completed' })).run).toBe('completed')
  })

  test('a blocked step that can be done without does not hold the run, any other does', () => {
    const states = standing({ read: 'completed', translate: 'blocked' })
    expect(nextOf([step('read'), step('translate', [], 'continue')], states).run).toBe('completed')
    expect(nextOf([step('read'), step('translate')], states).run).toBe('in_progress')
    const needed = [step('read'), step('translate', [], 'continue'), step('send', ['translate'])]
    expect(nextOf(needed, states)).toEqual({ ready: [], skipped: [], waiting: [], run: 'in_progress' })
  })

  test('asked again after its answer was carried out, nothing new follows', () => {
    const { ready } = nextOf(DIAMOND, standing({ read: 'completed' }))
    const after = standing({ read: 'completed', ...Object.fromEntries(ready.map((name) => [name, 'in_progress'])) })
    expect(nextOf(DIAMOND, after)).toEqual({ ready: [], skipped: [], waiting: [], run: 'in_progress' })
  })

  test('a chain of a hundred steps ends after a hundred answers', () => {
    const chain = Array.from({ length: 100 }, (_, index) => step(`s${index}`, index === 0 ? [] : [`s${index - 1}`]))
    const states = new Map<string, StepState>()
    for (let turn = 0; turn < 100; turn += 1) {
      const { ready } = nextOf(chain, states)
      expect(ready).toEqual([`s${turn}`])
      states.set(`s${turn}`, { status: 'completed', blocked: false })
    }
    expect(nextOf(chain, states)).toEqual({ ready: [], skipped: [], waiting: [], run: 'completed' })
  })
})

describe('a definition', () => {
  const define = (steps: object[]) => workflowDefinition.safeParse({ name: 'w', title: 'W', summary: 'S', steps })
  const one = (name: string, needs: string[] = []) => ({
    name,
    title: name,
    kind: 'worker',
    worker: 'summarizer',
    needs,
    onFailure: 'fail',
  })
  const faults = (steps: object[]) => define(steps).error?.issues.map(({ path, message }) => [path.join('.'), message])

  test('the ones that come with Baton can be carried out', () => {
    for (const workflow of WORKFLOWS) expect(workflowDefinition.parse(workflow)).toEqual(workflow)
  })

  test('names steps that are not there, twice there, or wait for themselves', () => {
    expect(faults([one('a', ['b'])])).toEqual([['steps.0.needs.0', 'There is no step named "b".']])
    expect(faults([one('a'), one('a')])).toEqual([['steps.1.name', 'Another step has this name.']])
    expect(faults([one('a', ['a'])])).toEqual([
      ['steps.0.needs', '"a" waits for itself, directly or through other steps.'],
    ])
    expect(
      faults([one('start'), one('a', ['start', 'c']), one('b', ['a']), one('c', ['b']), one('end', ['c'])])?.length,
    ).toBe(4)
  })

  test('refuses workers that are not there and more steps than anybody could look at', () => {
    expect(faults([{ ...one('a'), worker: 'poet' }])).toEqual([['steps.0.worker', 'There is no worker of this name.']])
    expect(define(Array.from({ length: 1001 }, (_, index) => one(`s${index}`))).success).toBe(false)
    expect(define([]).success).toBe(false)
  })
})
