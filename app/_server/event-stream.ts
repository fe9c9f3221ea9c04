// Live events of every workspace to everyone who watches it, over one listening connection per web process.
// After any break the last 15 s before the named event are repeated: events become visible in commit order, and a
// transaction may last 10 s, so nothing is missed; watchers drop what they hold by (task, seq).
import { DomainError, RateLimited } from '#lib/errors.ts'
import type { Listening } from '#lib/db/listen.ts'
import type { LiveEvent } from '#lib/tasks/shapes.ts'
import { type BoundedStream, boundedStream } from './bounded-stream.ts'

export const REPEAT_MS = 15_000

export type EventHubOptions = {
  listen: (handlers: { onNotify: (channel: string, payload: string) => void; onConnected: () => void }) => Listening
  /** Events at or after `since`, oldest first, and the database's clock; `complete` is false when there are more. */
  read: (workspaceId: string, since: Date | null) => Promise<{ events: LiveEvent[]; now: Date; complete: boolean }>
  maxStreams?: number
  maxStreamsPerActor?: number
  maxBufferedBytes?: number
  heartbeatMs?: number
  /** How often each watcher's right to watch is looked up. */
  verifyMs?: number
  /** A watcher whose right cannot be looked up for this long has to ask again. */
  unverifiedMs?: number
  /** At most one look at the events of a workspace in this time. */
  gatherMs?: number
}

export type Watch = {
  workspaceId: string
  actorId: string
  /** The time of the last event that was received. */
  since: Date | null
  /** @throws DomainError when whoever watches may no longer do so. */
  verify: () => Promise<void>
}

export type EventHub = {
  open: (watch: Watch) => ReadableStream<Uint8Array>
  close: () => Promise<void>
  size: () => number
}

type Watcher = Watch & { stream: BoundedStream; held: string[] | null; verifiedAt: number; verifying: boolean }
type Feed = {
  workspaceId: string
  watchers: Set<Watcher>
  at: Date | null
  seen: Map<string, number>
  busy: boolean
  again: boolean
}

export function createEventHub(options: EventHubOptions): EventHub {
  const { maxStreams = 500, maxStreamsPerActor = 10, maxBufferedBytes = 256_000 } = options
  const { heartbeatMs = 15_000, verifyMs = 12_000, unverifiedMs = 30_000, gatherMs = 50 } = options
  const feeds = new Map<string, Feed>()
  let poolsTimer: ReturnType<typeof setTimeout> | undefined
  let closed = false

  const watchers = () => [...feeds.values()].flatMap((feed) => [...feed.watchers])

  function tell(watcher: Watcher, text: string) {
    if (watcher.held) watcher.held.push(text)
    else if (!watcher.stream.send(text)) watcher.stream.end(message('resync', { reason: 'slow' }))
  }

  /** One look at a time; what is announced meanwhile makes for one more. */
  async function gather(feed: Feed) {
    feed.again = true
    if (feed.busy) return
    feed.busy = true
    while (feed.again && feed.watchers.size > 0) {
      feed.again = false
      const calm = await pass(feed).catch(() => true)
      await pause(calm ? gatherMs : 1_000)
    }
    feed.busy = false
  }

  /** False when so much happens that watchers are told to look for themselves. */
  async function pass(feed: Feed): Promise<boolean> {
    const { events, now, complete } = await options.read(feed.workspaceId, before(feed.at))
    const fresh = events.filter((event) => !feed.seen.has(key(event)))
    remember(feed, fresh, now)
    const text = complete ? fresh.map(taskMessage).join('') : resync(now)
    if (text) for (const watcher of feed.watchers) tell(watcher, text)
    return complete
  }

  function onNotify(channel: string, payload: string) {
    if (channel === 'baton_pools') {
      poolsTimer ??= setTimeout(() => {
        poolsTimer = undefined
        for (const watcher of watchers()) tell(watcher, message('pools', {}))
      }, 200)
      return
    }
    for (const workspaceId of payload.split(',')) {
      const feed = feeds.get(workspaceId)
      if (feed) void gather(feed)
    }
  }

  function gatherAll() {
    for (const feed of feeds.values()) void gather(feed)
  }

  async function verifyEach() {
    const now = Date.now()
    for (const watcher of watchers()) {
      if (watcher.verifying || now - watcher.verifiedAt < verifyMs) continue
      watcher.verifying = true
      try {
        await watcher.verify()
        watcher.verifiedAt = Date.now()
      } catch (error) {
        const refused = error instanceof DomainError
        if (refused || Date.now() - watcher.verifiedAt > unverifiedMs)
          watcher.stream.end(message('end', { reason: refused ? error.code : 'unavailable' }))
      }
      watcher.verifying = false
    }
  }

  const listening = options.listen({ onNotify, onConnected: gatherAll })
  const heartbeat = setInterval(() => {
    const text = `: heartbeat\n${message('heartbeat', { at: new Date().toISOString() })}`
    for (const watcher of watchers()) tell(watcher, text)
    // A backstop, should a notification not reach us: behind a pooler that does not pass them on, for example.
    gatherAll()
  }, heartbeatMs)
  const verifying = setInterval(() => void verifyEach(), Math.min(verifyMs, unverifiedMs) / 4)

  /** First what was missed, then what happened while it was read. */
  async function catchUp(watcher: Watcher) {
    const missed = await options.read(watcher.workspaceId, before(watcher.since)).catch(() => null)
    const held = watcher.held ?? []
    watcher.held = null
    const feed = feeds.get(watcher.workspaceId)
    if (missed && feed?.at === null) remember(feed, missed.events, missed.now)
    if (!missed) return watcher.stream.end(message('end', { reason: 'unavailable' }))
    const text = missed.complete ? missed.events.map(taskMessage).join('') : resync(missed.now)
    for (const part of [text, ...held]) if (part) tell(watcher, part)
  }

  function open(watch: Watch): ReadableStream<Uint8Array> {
    const all = watchers()
    if (closed || all.length >= maxStreams)
      throw new RateLimited(
        `This server holds ${maxStreams} live connections, the most it can. Try again soon.`,
        30_000,
      )
    if (all.filter(({ actorId }) => actorId === watch.actorId).length >= maxStreamsPerActor)
      throw new RateLimited(
        `You have ${maxStreamsPerActor} live connections open, the most there can be. Close one.`,
        30_000,
      )
    const feed = feeds.get(watch.workspaceId) ?? newFeed(watch.workspaceId)
    feeds.set(watch.workspaceId, feed)
    const stream = boundedStream(maxBufferedBytes, () => {
      feed.watchers.delete(watcher)
      if (feed.watchers.size === 0 && feeds.get(feed.workspaceId) === feed) feeds.delete(feed.workspaceId)
    })
    const watcher: Watcher = { ...watch, stream, held: [], verifiedAt: Date.now(), verifying: false }
    stream.send(`retry: 2000\n${message('hello', {})}`)
    feed.watchers.add(watcher)
    void catchUp(watcher)
    return stream.body
  }

  return {
    open,
    size: () => watchers().length,
    close: async () => {
      closed = true
      clearInterval(heartbeat)
      clearInterval(verifying)
      clearTimeout(poolsTimer)
      for (const watcher of watchers()) watcher.stream.end()
      await listening.close()
    },
  }
}

function newFeed(workspaceId: string): Feed {
  return { workspaceId, watchers: new Set(), at: null, seen: new Map(), busy: false, again: false }
}

function remember(feed: Feed, events: LiveEvent[], now: Date): void {
  feed.at = now
  for (const event of events) feed.seen.set(key(event), Date.parse(event.at))
  for (const [known, at] of feed.seen) if (at < now.getTime() - 2 * REPEAT_MS) feed.seen.delete(known)
}

function before(at: Date | null): Date | null {
  return at && new Date(at.getTime() - REPEAT_MS)
}

function key({ taskId, seq }: LiveEvent): string {
  return `${taskId}:${seq}`
}

function taskMessage(event: LiveEvent): string {
  return `id: ${event.at}\n${message('task', event)}`
}

function resync(now: Date): string {
  return `id: ${now.toISOString()}\n${message('resync', { reason: 'too_many' })}`
}

function message(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
