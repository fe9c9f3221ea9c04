import { describe, expect, it } from 'vitest'
import type { Pool, WorkerProcess } from '#lib/tasks/shapes.ts'
import { headlineOf } from './headline.ts'
import { loadsOf, namesOf, slotsOf } from './processes.ts'

const pool = (title: string, more: Partial<Pool> = {}): Pool => ({
  worker: title.toLowerCase(),
  title,
  slotsPerProcess: 1,
  defaultSlots: 1,
  processes: 1,
  slots: 1,
  busy: 0,
  free: 1,
  depth: 0,
  depthHere: 0,
  oldestWaitMs: null,
  today: { completed: 0, failed: 0, failedFrom: null, averageMs: null, p95Ms: null },
  ...more,
})
const behind = { busy: 1, free: 0, depth: 46, oldestWaitMs: 250_000 }
const titleOf = (pools: Pool[], alive = true) => headlineOf({ alive, pools }).title

describe('the headline of Workers', () => {
  it('says that all is well, or who is behind and for how long', () => {
    expect(headlineOf({ alive: true, pools: [pool('A')] })).toEqual({
      title: 'All workers keep up',
      note: 'Nothing waits.',
    })
    expect(headlineOf({ alive: true, pools: [pool('A', behind), pool('B')] })).toEqual({
      title: 'A is behind, the rest keeps up',
      note: '46 tasks wait, the oldest for 4 min 10 s.',
    })
    expect(titleOf([pool('A', behind), pool('B', behind), pool('C')])).toBe('A and B are behind, the rest keeps up')
    expect(titleOf([pool('A', behind), pool('B', behind)])).toBe('All workers are behind')
  })

  it('does not call a short queue with a free slot, or a young one, being behind', () => {
    expect(titleOf([pool('A', { ...behind, free: 1 })])).toBe('All workers keep up')
    expect(titleOf([pool('A', { ...behind, oldestWaitMs: 2_000 })])).toBe('All workers keep up')
  })

  it('puts no slots and no process first', () => {
    expect(
      headlineOf({ alive: true, pools: [pool('A', { slotsPerProcess: 0, depth: 1 }), pool('B', behind)] }),
    ).toEqual({
      title: 'A has no slots',
      note: '1 task waits until it gets one.',
    })
    expect(titleOf([pool('A', behind)], false)).toBe('No worker is online')
  })
})

const process = (id: number, host: string, more: Partial<WorkerProcess> = {}): WorkerProcess => ({
  id,
  host,
  pid: 100 + id,
  version: '1',
  nodeVersion: 'v24',
  state: 'live',
  modelOn: false,
  model: null,
  endpointHost: null,
  memoryBytes: null,
  load: {},
  startedAt: '2026-11-24T09:00:00.000Z',
  heartbeatAt: '2026-11-24T09:00:00.000Z',
  stoppedAt: null,
  ...more,
})

describe('processes', () => {
  it('are named by host, with the process id where a host runs several', () => {
    expect([...namesOf([process(1, 'a'), process(2, 'b'), process(3, 'b')]).values()]).toEqual(['a', 'b/102', 'b/103'])
    expect([...namesOf([process(1, 'a'), process(2, 'a', { state: 'lost' })]).values()]).toEqual(['a', 'a/102'])
  })

  it('show what each slot does, of other workspaces only that it is busy', () => {
    const task = { id: 't', processId: 1, worker: 'a', title: 'T', startedAt: '2026-11-24T09:00:00.000Z' }
    const loads = loadsOf(
      pool('A', { slotsPerProcess: 3, busy: 2 }),
      [process(1, 'h', { load: { a: { slots: 3, busy: 2 } } })],
      [task],
    )
    expect(slotsOf('a', loads.get(1)).map(({ kind }) => kind)).toEqual(['task', 'elsewhere', 'free'])
  })

  it('never take a task that just ended for another workspace’s, however old the report is', () => {
    const late = process(1, 'h', { load: { a: { slots: 2, busy: 2 } } })
    expect(loadsOf(pool('A', { slotsPerProcess: 2, busy: 0 }), [late], []).get(1)).toEqual({
      slots: 2,
      tasks: [],
      elsewhere: 0,
    })
  })

  it('find a place for every busy slot, even before any process has reported it', () => {
    const loads = loadsOf(pool('A', { slotsPerProcess: 2, busy: 3 }), [process(1, 'h'), process(2, 'i')], [])
    expect([...loads.values()].map((load) => load.elsewhere)).toEqual([2, 1])
  })

  it('say which slots close once their task ends', () => {
    const task = { id: 't', processId: 1, worker: 'a', title: 'T', startedAt: '2026-11-24T09:00:00.000Z' }
    const load = loadsOf(pool('A', { slotsPerProcess: 0, busy: 1 }), [process(1, 'h')], [task]).get(1)
    expect(slotsOf('a', load)).toEqual([{ kind: 'task', worker: 'a', task, closing: true }])
  })
})
