import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { Forbidden, RateLimited } from '#lib/errors.ts'
import { listen } from '#lib/db/listen.ts'
import { type TestDatabase, testDatabase, type TestWorkspace } from '#lib/db/test-database.ts'
import { openQueue, type Queue } from '#lib/queue.ts'
import { readLiveWindow } from '#lib/tasks/live.ts'
import type { LiveEvent } from '#lib/tasks/shapes.ts'
import { submitTask } from '#lib/tasks/submit.ts'
import { asWorkspace } from '#lib/db/client.ts'
import { createEventHub, type EventHub, type EventHubOptions, REPEAT_MS, type Watch } from './event-stream.ts'

let database: TestDatabase
let queue: Queue
let workspace: TestWorkspace
let hub: EventHub
beforeEach(async () => {
  database = await testDatabase()
  queue = await openQueue(database.app)
  workspace = await database.workspace()
})
afterEach(async () => {
  await hub.close()
  await queue.close()
  await database.drop()
})

function openHub(options: Partial<EventHubOptions> = {}) {
  hub = createEventHub({
    listen: (handlers) =>
      listen({ url: database.url, role: 'baton_app', channels: ['baton_events', 'baton_pools'], ...handlers }),
    read: (workspaceId, since) => readLiveWindow({ db: database.app.db, queue }, workspaceId, since, REPEAT_MS),
    gatherMs: 5,
    ...options,
  })
}

type Heard = { id: string; name: string; data: LiveEvent & { reason?: string } }

/** Reads a stream as a browser does. */
function watch(options: Partial<Watch> = {}) {
  const watched = {
    workspaceId: workspace.id,
    actorId: 'someone',
    since: null,
    verify: async () => undefined,
    ...options,
  }
  const heard: Heard[] = []
  const state = { ended: false }
  const reader = hub.open(watched).getReader()
  const decoder = new TextDecoder()
  const reading = (async () => {
    let rest = ''
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const blocks = (rest + decoder.decode(part.value, { stream: true })).split('\n\n')
      rest = blocks.pop() ?? ''
      heard.push(...blocks.map(parse))
    }
    state.ended = true
  })()
  const tasks = () => heard.filter(({ name }) => name === 'task')
  return { heard, tasks, state, leave: () => reader.cancel(), reading }
}

function parse(block: string): Heard {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? ''
  return { id: field('id'), name: field('event'), data: JSON.parse(field('data')) as Heard['data'] }
}

const submit = (into = workspace) =>
  asWorkspace(database.app.db, into.id, (tx) =>
    submitTask(database.ctx(tx, into, queue), { worker: 'summarizer', input: { text: 'A short text.' } }),
  ).then(({ task }) => task.id)

test('a watcher hears of its own workspace at once, and of no other', async () => {
  openHub()
  const other = await database.workspace('Other')
  const here = watch()
  const there = watch({ workspaceId: other.id })
  await vi.waitFor(() => expect(here.heard).not.toEqual([]))
  const id = await submit()
  await vi.waitFor(() => expect(here.tasks()).toHaveLength(1))
  expect(here.tasks()[0]?.data).toMatchObject({
    taskId: id,
    seq: 1,
    type: 'submitted',
    status: 'pending',
    worker: 'summarizer',
  })
  expect(here.tasks()[0]?.id).toBe(here.tasks()[0]?.data.at)
  expect(there.tasks()).toEqual([])
})

test('F79: after a break the stream goes on without a gap, and repeats at most what can be dropped', async () => {
  openHub()
  const first = watch()
  const before = [await submit(), await submit()]
  await vi.waitFor(() => expect(first.tasks()).toHaveLength(2))
  await first.leave()
  const missed = [await submit(), await submit()]
  const second = watch({ since: new Date(first.tasks().at(-1)?.id ?? '') })
  const after = await submit()
  await vi.waitFor(() => expect(second.tasks().map(({ data }) => data.taskId)).toContain(after))
  const ids = new Set(second.tasks().map(({ data }) => data.taskId))
  for (const id of [...missed, after]) expect(ids).toContain(id)
  expect(ids.size).toBeLessThanOrEqual(before.length + missed.length + 1)
})

test('an event that commits after a later one is heard as well', async () => {
  openHub()
  const watcher = watch()
  const client = await database.admin.connect()
  const known = await submit()
  await client.query('begin')
  await client.query(`select set_config('app.workspace', $1, true)`, [workspace.id])
  await client.query(`insert into events (workspace_id, task_id, seq, type) values ($1, $2, 2, 'started')`, [
    workspace.id,
    known,
  ])
  const later = await submit()
  await vi.waitFor(() => expect(watcher.tasks().map(({ data }) => data.taskId)).toContain(later))
  await client.query(`select pg_notify('baton_events', $1)`, [workspace.id])
  await client.query('commit')
  client.release()
  await vi.waitFor(() => expect(watcher.tasks().map(({ data }) => data.seq)).toContain(2))
})

test('F7: when the listening connection is cut, what was said meanwhile is heard after it is back', async () => {
  openHub()
  const watcher = watch()
  await vi.waitFor(() => expect(watcher.heard).not.toEqual([]))
  const first = await submit()
  await vi.waitFor(() => expect(watcher.tasks()).toHaveLength(1))
  const cut = await database.admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen %'`,
  )
  expect(cut.rowCount).toBe(1)
  const second = await submit()
  await vi.waitFor(() => expect(watcher.tasks().map(({ data }) => data.taskId)).toEqual([first, second]))
  expect(watcher.state.ended).toBe(false)
})

test('a change of pools is told to every watcher', async () => {
  openHub()
  const watcher = watch()
  await vi.waitFor(() => expect(watcher.heard).not.toEqual([]))
  await database.admin.query(`select pg_notify('baton_pools', '')`)
  await vi.waitFor(() => expect(watcher.heard.map(({ name }) => name)).toContain('pools'))
})

test('a heartbeat shows that the connection lives', async () => {
  openHub({ heartbeatMs: 20 })
  const watcher = watch()
  await vi.waitFor(() => expect(watcher.heard.filter(({ name }) => name === 'heartbeat').length).toBeGreaterThan(1))
})

test('F59: who may no longer watch is disconnected at the next look', async () => {
  openHub({ verifyMs: 20 })
  let allowed = true
  const watcher = watch({
    verify: async () => {
      if (!allowed) throw new Forbidden('No longer a member.')
    },
  })
  const other = watch()
  allowed = false
  await vi.waitFor(() => expect(watcher.state.ended).toBe(true))
  expect(watcher.heard.at(-1)).toMatchObject({ name: 'end', data: { reason: 'forbidden' } })
  expect(other.state.ended).toBe(false)
  expect(hub.size()).toBe(1)
})

test('a watcher whose right cannot be looked up has to ask again after a while', async () => {
  openHub({ verifyMs: 10, unverifiedMs: 60 })
  const watcher = watch({ verify: () => Promise.reject(new Error('The database is away.')) })
  await vi.waitFor(() => expect(watcher.state.ended).toBe(true))
  expect(watcher.heard.at(-1)).toMatchObject({ name: 'end', data: { reason: 'unavailable' } })
})

test('F79: connections are bounded for each actor and in all', async () => {
  openHub({ maxStreamsPerActor: 2, maxStreams: 3 })
  const first = watch()
  watch()
  expect(() => watch()).toThrow(RateLimited)
  watch({ actorId: 'another' })
  expect(() => watch({ actorId: 'a third' })).toThrow(RateLimited)
  await first.leave()
  expect(hub.size()).toBe(2)
  watch()
})

test('F79: a reader who never reads is told to look again and let go, and holds no more than the bound', async () => {
  const events = Array.from({ length: 50 }, (_, index) => ({
    taskId: uuidv7(),
    seq: index + 1,
    type: 'started' as const,
    status: 'in_progress' as const,
    at: new Date().toISOString(),
    worker: 'summarizer',
    title: 'x'.repeat(200),
  }))
  let beat = 0
  openHub({
    maxBufferedBytes: 20_000,
    heartbeatMs: 10,
    read: async () => ({
      events: events.map((event) => ({ ...event, seq: (beat += 1) })),
      now: new Date(),
      complete: true,
    }),
  })
  const body = hub.open({ workspaceId: workspace.id, actorId: 'slow', since: null, verify: async () => undefined })
  await vi.waitFor(() => expect(hub.size()).toBe(0))
  const text = await new Response(body).text()
  expect(text.length).toBeLessThan(21_000)
  expect(text).toMatch(/event: resync\ndata: {"reason":"slow"}\n\n$/)
})

test('when more happens than can be told, watchers are told to look for themselves', async () => {
  openHub({ read: async () => ({ events: [], now: new Date(), complete: false }) })
  const watcher = watch()
  await vi.waitFor(() => expect(watcher.heard.map(({ name }) => name)).toContain('resync'))
})
