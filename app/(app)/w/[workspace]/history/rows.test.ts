import { describe, expect, it } from 'vitest'
import type { TaskSummary } from '#lib/tasks/shapes.ts'
import { STATUSES } from '#lib/tasks/states.ts'
import { asideOf, canCancel, CANCELLABLE, canRetry, RETRYABLE, scaleOf, splitMatches, timesAt } from './rows.ts'

const task: TaskSummary = {
  id: '019abc00-0000-7000-8000-000000000001',
  worker: 'summarizer',
  status: 'completed',
  reason: null,
  title: 'Invoice 8841, Cascade',
  preview: 'Invoice 8841, Cascade Restoration',
  tags: [],
  externalId: null,
  priority: 'normal',
  engine: 'auto',
  submittedBy: null,
  attemptsUsed: 1,
  maxAttempts: 5,
  createdAt: '2026-11-24T09:00:00.000Z',
  startedAt: '2026-11-24T09:00:01.000Z',
  finishedAt: '2026-11-24T09:00:03.000Z',
  dueAt: null,
  notBefore: null,
  replayOf: null,
  waitedMs: 1_000,
  workedMs: 2_000,
  tokens: null,
  costMicros: null,
  error: null,
}

describe('a row of history', () => {
  it('offers cancel for open tasks and retry for those that stopped without a result', () => {
    expect(STATUSES.filter(canCancel)).toEqual(CANCELLABLE)
    expect(STATUSES.filter(canRetry)).toEqual(RETRYABLE)
  })

  it('shares its scale with the page, so that one long task does not flatten the rest', () => {
    const rows = Array.from({ length: 10 }, (_, index) => ({ ...task, workedMs: 1_000 * (index + 1) }))
    expect(scaleOf([...rows.slice(0, 9), { ...task, workedMs: 3_600_000 }])).toBe(10_000)
    expect(scaleOf([{ ...task, status: 'blocked', waitedMs: 7_200_000, workedMs: 0 }])).toBe(1_000)
  })

  it('goes on ageing while the task is open, and stops when it has ended', () => {
    expect(timesAt({ ...task, status: 'in_progress' }, 1_000, 4_000)).toEqual({ waitedMs: 1_000, workedMs: 5_000 })
    expect(timesAt({ ...task, status: 'pending', workedMs: 0 }, 1_000, 4_000)).toEqual({ waitedMs: 4_000, workedMs: 0 })
    expect(timesAt(task, 1_000, 4_000)).toMatchObject({ waitedMs: 1_000, workedMs: 2_000 })
    expect(timesAt({ ...task, status: 'in_progress' }, 4_000, 1_000)).toMatchObject({ workedMs: 2_000 })
  })

  it('marks the words of the search and nothing else', () => {
    expect(splitMatches('Invoice 8841, invoices', 'invoice')).toEqual(['', 'Invoice', ' 8841, ', 'invoice', 's'])
    expect(splitMatches('a (b) [c', '(b) [c')).toEqual(['a ', '(b)', ' ', '[c', ''])
    expect(splitMatches('leaks or drips', '"leaks" or -drips a')).toEqual(['', 'leaks', ' or drips'])
    expect(splitMatches('nothing', '')).toEqual(['nothing'])
  })

  it('shows the error of a failed task, and the text only where the title does not already begin it', () => {
    expect(asideOf(task)).toBeNull()
    expect(asideOf({ ...task, title: 'Monday' })).toEqual({ kind: 'text', text: 'Invoice 8841, Cascade Restoration' })
    expect(asideOf({ ...task, status: 'failed', error: { code: 'x', message: 'The result was empty.' } })).toEqual({
      kind: 'error',
      text: 'The result was empty.',
    })
  })
})
