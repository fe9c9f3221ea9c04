import { expect, test } from 'vitest'
import type { Attempt, Call, TaskDetail, TaskEvent } from '#lib/tasks/shapes.ts'
import { timelineOf } from './timeline.ts'

const origin = Date.parse('2026-11-23T09:41:00Z')
const at = (ms: number) => new Date(origin + ms).toISOString()

function attempt(epoch: number, from: number, to: number | null, outcome: Attempt['outcome']): Attempt {
  const finishedAt = to === null ? null : at(to)
  return {
    epoch,
    processId: 1,
    engine: 'model',
    workerVersion: 'v',
    outcome,
    error: null,
    startedAt: at(from),
    finishedAt,
  }
}

function call(epoch: number, from: number, to: number | null, change: Partial<Call> = {}): Call {
  return {
    id: `call-${epoch}-${from}`,
    epoch,
    state: 'settled',
    provider: 'openai',
    model: 'gpt-4.1-mini',
    endpointHost: 'api.openai.com',
    mode: 'json_schema',
    purpose: 'first',
    requestId: null,
    usage: null,
    inputTokens: 1,
    cachedTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: 612,
    reasoningTokens: 0,
    estimated: false,
    costMicros: null,
    error: null,
    raw: null,
    startedAt: at(from),
    finishedAt: to === null ? null : at(to),
    ...change,
  }
}

function task(change: Partial<TaskDetail>): TaskDetail {
  const events: TaskEvent[] = [{ seq: 1, type: 'submitted', actor: null, data: null, at: at(0) }]
  return {
    id: 't',
    worker: 'summarizer',
    status: 'pending',
    reason: null,
    title: '',
    preview: '',
    tags: [],
    externalId: null,
    priority: 'normal',
    engine: 'auto',
    submittedBy: null,
    attemptsUsed: 0,
    maxAttempts: 5,
    createdAt: at(0),
    startedAt: null,
    finishedAt: null,
    dueAt: null,
    notBefore: null,
    replayOf: null,
    waitedMs: 0,
    workedMs: 0,
    tokens: null,
    costMicros: null,
    error: null,
    input: { text: '' },
    result: null,
    partial: null,
    info: null,
    epoch: 0,
    seq: 1,
    partOf: null,
    document: null,
    queue: null,
    attempts: [],
    calls: [],
    events,
    ...change,
  }
}

const shape = (detail: TaskDetail, now = origin) =>
  timelineOf(detail, now).rows.map((row) => [row.label, row.note ?? '', row.kind, row.startMs, row.endMs])

test('waiting, a failed attempt with its call, the wait before the retry, and success', () => {
  const detail = task({
    status: 'completed',
    finishedAt: at(12_300),
    attempts: [attempt(1, 1_900, 2_800, 'failed'), attempt(2, 4_800, 12_300, 'completed')],
    calls: [
      call(1, 2_000, 2_800, { state: 'failed', error: { code: 'server_error', message: '' } }),
      call(2, 5_000, 9_000),
      call(2, 9_100, 11_000, { purpose: 'repair', outputTokens: 1 }),
    ],
  })
  expect(shape(detail)).toEqual([
    ['Waiting for a slot', '', 'waiting', 0, 1_900],
    ['Attempt 1', 'failed', 'working', 1_900, 2_800],
    ['Model call', 'server error', 'working', 2_000, 2_800],
    ['Waiting to retry', '', 'waiting', 2_800, 4_800],
    ['Attempt 2', 'completed', 'working', 4_800, 12_300],
    ['Model call', '612 tokens', 'working', 5_000, 9_000],
    ['Repair turn', '1 token', 'working', 9_100, 11_000],
  ])
  const { waitedMs, workedMs, nowMs } = timelineOf(detail, origin + 99_000)
  expect([waitedMs, workedMs, nowMs]).toEqual([3_900, 8_400, null])
})

test('an open task waits until now, and what has not begun is told apart', () => {
  const rows = timelineOf(task({}), origin + 4_000).rows
  expect(rows.map((row) => [row.label, row.kind, row.endMs])).toEqual([
    ['Waiting for a slot', 'waiting', null],
    ['Attempt 1', 'not yet', 4_601],
  ])
})

test('a running attempt ends nowhere yet', () => {
  const detail = task({ status: 'in_progress', attempts: [attempt(1, 10, null, null)] })
  expect(shape(detail, origin + 500)).toEqual([
    ['Waiting for a slot', '', 'waiting', 0, 10],
    ['Attempt 1', 'running', 'working', 10, null],
  ])
})

test('time before its earliest start is told apart from waiting for a slot', () => {
  const detail = task({
    status: 'completed',
    attempts: [attempt(1, 60_500, 61_000, 'completed')],
    events: [{ seq: 1, type: 'submitted', actor: null, data: { notBefore: at(60_000) }, at: at(0) }],
  })
  expect(shape(detail).slice(0, 2)).toEqual([
    ['Waiting for its start', '', 'waiting', 0, 60_000],
    ['Waiting for a slot', '', 'waiting', 60_000, 60_500],
  ])
})

test('a scheduled retry does not rename the first wait', () => {
  const detail = task({ notBefore: at(5_000), attempts: [attempt(1, 100, 900, 'failed')] })
  expect(shape(detail, origin + 1_000).map(([label]) => label)).toEqual([
    'Waiting for a slot',
    'Attempt 1',
    'Waiting to retry',
    'Attempt 2',
  ])
})

test('a blocked task names what it waits for', () => {
  const detail = task({ status: 'blocked', reason: 'needs_model', attempts: [attempt(1, 5, 300, 'blocked')] })
  expect(shape(detail, origin + 9_000).at(-1)).toEqual(['Blocked', 'needs model', 'waiting', 300, null])
})

test('after a retry by a person time begins anew, and earlier attempts can be shown', () => {
  const detail = task({
    status: 'completed',
    attempts: [attempt(1, 100, 200, 'failed'), attempt(3, 90_100, 90_400, 'completed')],
    events: [{ seq: 9, type: 'retried', actor: null, data: null, at: at(90_000) }],
  })
  const timeline = timelineOf(detail, origin)
  expect(timeline.earlierAttempts).toBe(1)
  expect(timeline.rows.map((row) => [row.label, row.startMs, row.endMs])).toEqual([
    ['Waiting for a slot', 0, 100],
    ['Attempt 2', 100, 400],
  ])
  expect(timelineOf(detail, origin, true).rows).toHaveLength(4)
})

test('a clock behind the server never draws time backwards', () => {
  const detail = task({ status: 'in_progress', attempts: [attempt(1, 10, null, null)] })
  const { nowMs } = timelineOf(
    { ...detail, events: [{ seq: 2, type: 'started', actor: null, data: null, at: at(10) }] },
    0,
  )
  expect(nowMs).toBe(10)
})
