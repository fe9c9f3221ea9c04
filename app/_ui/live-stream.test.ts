import { afterEach, expect, test, vi } from 'vitest'
import type { LiveEvent } from '#lib/tasks/shapes.ts'
import { type LiveMessage, type LiveStream, createLiveStream, type Source } from './live-stream.ts'

type FakeSource = Source & { url: string; closed: boolean; say: (type: string, data?: object, id?: string) => void }

const streams: LiveStream[] = []
afterEach(() => {
  for (const stream of streams.splice(0)) stream.stop()
})

function browser(name: string) {
  const sources: FakeSource[] = []
  const open = (url: string): Source => {
    const listeners = new Map<string, (event: { data?: string; lastEventId?: string }) => void>()
    const source: FakeSource = {
      url,
      closed: false,
      addEventListener: (type, listener) => void listeners.set(type, listener),
      close: () => void (source.closed = true),
      say: (type, data, id = '') => listeners.get(type)?.({ data: JSON.stringify(data), lastEventId: id }),
    }
    sources.push(source)
    return source
  }
  const tab = (options: Partial<Parameters<typeof createLiveStream>[0]> = {}) => {
    const stream = createLiveStream({
      url: `/${name}`,
      open,
      mayRetry: async () => true,
      locks: () => navigator.locks,
      channel: () => new BroadcastChannel(`live:/${name}`),
      firstRetryMs: 5,
      ...options,
    })
    const heard: LiveMessage[] = []
    stream.onMessage((message) => heard.push(message))
    streams.push(stream)
    stream.start()
    return { stream, heard }
  }
  return { sources, tab }
}

const event = (taskId: string, seq: number) =>
  ({ taskId, seq, type: 'started', status: 'in_progress', at: '', worker: 'w', title: 't' }) satisfies LiveEvent
const heardSeqs = (heard: LiveMessage[]) =>
  heard.flatMap((message) => (message.kind === 'task' ? [message.event.seq] : []))

test('one tab reads the stream and every other tab hears the same events', async () => {
  const { sources, tab } = browser('shared')
  const first = tab()
  const second = tab()
  await vi.waitFor(() => expect(sources).toHaveLength(1))
  sources[0]?.say('open')
  sources[0]?.say('task', event('a', 1), 't1')
  await vi.waitFor(() => expect(heardSeqs(second.heard)).toEqual([1]))
  expect(heardSeqs(first.heard)).toEqual([1])
  expect(second.stream.state().status).toBe('live')
  expect(sources).toHaveLength(1)
})

test('when the reading tab closes, another goes on from the last event that any of them heard', async () => {
  const { sources, tab } = browser('handover')
  const first = tab()
  const second = tab()
  await vi.waitFor(() => expect(sources).toHaveLength(1))
  sources[0]?.say('task', event('a', 1), '2026-01-01T00:00:00.000Z')
  await vi.waitFor(() => expect(second.heard).toHaveLength(1))
  first.stream.stop()
  await vi.waitFor(() => expect(sources).toHaveLength(2))
  expect(sources[0]?.closed).toBe(true)
  expect(sources[1]?.url).toBe('/handover?lastEventId=2026-01-01T00%3A00%3A00.000Z')
})

test('an event that the server repeats is heard once', async () => {
  const { sources, tab } = browser('repeat')
  const { heard } = tab()
  await vi.waitFor(() => expect(sources).toHaveLength(1))
  for (const seq of [1, 2, 1, 2, 3]) sources[0]?.say('task', event('a', seq), 'x')
  sources[0]?.say('task', event('b', 1), 'x')
  expect(heardSeqs(heard)).toEqual([1, 2, 3, 1])
})

test('a lost connection is tried again from the last event, and says when', async () => {
  const { sources, tab } = browser('lost')
  const { stream } = tab()
  await vi.waitFor(() => expect(sources).toHaveLength(1))
  sources[0]?.say('task', event('a', 1), 'at-1')
  sources[0]?.say('error')
  expect(stream.state()).toMatchObject({ status: 'reconnecting', retryAt: expect.any(Number) })
  await vi.waitFor(() => expect(sources).toHaveLength(2))
  expect(sources[1]?.url).toBe('/lost?lastEventId=at-1')
  sources[1]?.say('open')
  expect(stream.state()).toMatchObject({ status: 'live', retryAt: null })
})

test('when the network goes the connection is given up at once, and when it comes it is tried at once', async () => {
  const { sources, tab } = browser('network')
  const { stream } = tab({ firstRetryMs: 60_000 })
  await vi.waitFor(() => expect(sources).toHaveLength(1))
  sources[0]?.say('open')
  stream.networkChanged(false)
  expect(stream.state().status).toBe('reconnecting')
  expect(sources[0]?.closed).toBe(true)
  stream.networkChanged(true)
  expect(sources).toHaveLength(2)
})

test('while there is no connection, pages are told to refresh at intervals', async () => {
  const { sources, tab } = browser('poll')
  const { heard } = tab({ pollMs: 20, firstRetryMs: 10_000 })
  await vi.waitFor(() => expect(sources).toHaveLength(1))
  sources[0]?.say('error')
  await vi.waitFor(() => expect(heard.filter(({ kind }) => kind === 'resync').length).toBeGreaterThan(1))
})

test('a connection that falls silent is replaced', async () => {
  const { sources, tab } = browser('silent')
  tab({ silenceMs: 20 })
  await vi.waitFor(() => expect(sources).toHaveLength(1))
  sources[0]?.say('open')
  await vi.waitFor(() => expect(sources).toHaveLength(2))
  expect(sources[0]?.closed).toBe(true)
})

test('a server that refuses for good is not asked again', async () => {
  const { sources, tab } = browser('refused')
  const { stream } = tab({ mayRetry: async () => false })
  await vi.waitFor(() => expect(sources).toHaveLength(1))
  sources[0]?.say('error')
  await vi.waitFor(() => expect(sources).toHaveLength(2))
  sources[1]?.say('error')
  await vi.waitFor(() => expect(stream.state().status).toBe('ended'))
  expect(sources).toHaveLength(2)
})

test('pausing gives the stream up, and going on asks for everything anew', async () => {
  const { sources, tab } = browser('pause')
  const { stream, heard } = tab()
  await vi.waitFor(() => expect(sources).toHaveLength(1))
  stream.pause()
  expect(stream.state().status).toBe('paused')
  expect(sources[0]?.closed).toBe(true)
  stream.resume()
  await vi.waitFor(() => expect(sources).toHaveLength(2))
  expect(heard).toEqual([{ kind: 'resync' }])
})
