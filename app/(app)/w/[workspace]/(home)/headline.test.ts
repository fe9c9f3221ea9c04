import { describe, expect, it } from 'vitest'
import type { BlockedGroup, FailureGroup } from '#lib/tasks/attention.ts'
import { headlineOf, needsOf } from './headline.ts'

const failed = (count: number, message = 'The result was empty.'): FailureGroup => ({
  worker: 'translator',
  code: 'empty',
  message,
  count,
  acceptedFrom: '2026-11-24T08:40:00.000Z',
  firstAt: '2026-11-24T08:52:00.000Z',
  lastAt: '2026-11-24T09:31:00.000Z',
  newest: { id: 'a', title: 'A' },
})
const blocked = (count: number): BlockedGroup => ({
  reason: 'needs_model',
  workers: ['translator'],
  count,
  sinceAt: '2026-11-24T08:52:00.000Z',
  newestId: 'b',
})
const needs = (more: Partial<Parameters<typeof needsOf>[0]>) =>
  needsOf({
    alive: true,
    attention: { failed: [], blocked: [] },
    decisions: { count: 0, oldest: [] },
    open: { count: 0, exact: true },
    ...more,
  })
const decisions = (count: number) => ({
  count,
  oldest: [{ runId: 'c', step: 'ask', question: 'Send it?', title: 'A letter', sinceAt: '2026-11-24T08:52:00.000Z' }],
})
const headline = (more: Parameters<typeof needs>[0]) => headlineOf(needs(more))

describe('the headline of Home', () => {
  it('says what the one thing is, or how many there are', () => {
    expect(headline({})).toBe('Nothing needs you')
    expect(headline({ attention: { failed: [failed(2)], blocked: [] } })).toBe('Two tasks failed in the last 24 hours')
    expect(headline({ attention: { failed: [failed(2), failed(3)], blocked: [] } })).toBe(
      'Five tasks failed in the last 24 hours',
    )
    expect(headline({ attention: { failed: [], blocked: [blocked(1)] } })).toBe('One task needs a model')
    expect(headline({ attention: { failed: [failed(1)], blocked: [blocked(40)] } })).toBe('Two things need you')
    expect(headline({ alive: false })).toBe('No worker is online')
    expect(headline({ decisions: decisions(1) })).toBe('One decision waits for you')
    expect(headline({ decisions: decisions(3) })).toBe('Three decisions wait for you')
    expect(headline({ attention: { failed: [failed(40)], blocked: [] } })).toBe('40 tasks failed in the last 24 hours')
  })
})

describe('what needs a person', () => {
  it('begins with workers that are missing, and names causes in words', () => {
    const found = needs({
      alive: false,
      open: { count: 3, exact: true },
      attention: { failed: [failed(6)], blocked: [blocked(1)] },
    })
    expect(found.map((need) => need.title)).toEqual([
      'No worker is online, 3 tasks wait',
      '6 tasks failed: the result was empty',
      '1 task needs a model',
    ])
  })

  it('puts decisions before failures, a single one by its question', () => {
    const attention = { failed: [failed(1)], blocked: [] }
    expect(needs({ decisions: decisions(1), attention }).map((need) => need.title)).toEqual([
      'Send it?',
      '1 task failed: the result was empty',
    ])
    expect(needs({ decisions: decisions(12) })[0]?.title).toBe('12 decisions wait for you')
  })

  it('leaves names and codes at the beginning of a message as they are', () => {
    expect(needs({ attention: { failed: [failed(1, 'OpenAI refused it.')], blocked: [] } })[0]?.title).toBe(
      '1 task failed: OpenAI refused it',
    )
  })
})
