import { describe, expect, test } from 'vitest'
import type { RunSummary } from '#lib/workflows/shapes.ts'
import { elapsedMs, headline, holdsOf, progressOf } from './run-facts.ts'

const step = (status: RunSummary['steps'][number]['status'], reason: 'needs_model' | 'provider' | null = null) => ({
  name: 'summarizer',
  status,
  reason,
  waitedMs: 100,
  workedMs: 200,
})
const run = (status: RunSummary['status'], steps = [step('completed')]): RunSummary => ({
  id: '0190a000-0000-7000-8000-000000000000',
  workflow: { name: 'complete-analysis', title: 'Complete analysis', version: null },
  status,
  title: 'A letter',
  preview: '',
  priority: 'normal',
  tags: [],
  externalId: null,
  dueAt: null,
  notBefore: null,
  submittedBy: null,
  trigger: null,
  createdAt: '2026-11-25T09:00:00.000Z',
  finishedAt: status === 'in_progress' ? null : '2026-11-25T09:00:02.000Z',
  steps,
})

describe('what is said of runs', () => {
  test.each([
    [[], 'All six workers, one report'],
    [[run('in_progress'), run('failed')], '1 run under way'],
    [[run('failed'), run('completed')], '1 of the last 2 runs failed'],
    [[run('completed', [step('blocked', 'needs_model')]), run('completed')], 'One run has a part that waits'],
    [[run('completed')], 'The run has ended'],
    [[run('completed'), run('completed')], 'The last 2 runs have ended well'],
  ])('%#', (runs, words) => {
    expect(headline(runs)).toBe(words)
  })

  test('a run cancelled among the last ones is not called well', () => {
    expect(headline([run('cancelled'), run('completed')])).toBe('The last 2 runs have ended')
  })

  test('steps that wait for a model hold it by that name', () => {
    expect(holdsOf({ steps: [step('completed')] })).toBeNull()
    expect(holdsOf({ steps: [step('blocked', 'needs_model')] })).toBe('1 part needs a model')
    expect(holdsOf({ steps: [step('blocked', 'needs_model'), step('blocked', 'provider')] })).toBe('2 parts wait')
  })

  test('steps that have ended in any way count as progress', () => {
    const steps = (['completed', 'failed', 'cancelled', 'skipped', 'waiting', 'pending', 'blocked'] as const).map((s) =>
      step(s),
    )
    expect(progressOf(steps)).toEqual({ ended: 4, of: 7, blocked: 1, failed: 1 })
  })

  test('an open run goes on growing, an ended one does not', () => {
    const later = new Date('2026-11-25T09:00:10.000Z').getTime()
    expect(elapsedMs(run('in_progress'), later)).toBe(10_000)
    expect(elapsedMs(run('completed'), later)).toBe(2_000)
  })
})
