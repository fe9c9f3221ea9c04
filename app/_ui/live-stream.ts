// One event stream per browser: the tab that holds the lock reads it and passes everything on to the others.
// A listener hears of each event of a task once and in order; `resync` says that something may have been missed.
import type { LiveEvent } from '#lib/tasks/shapes.ts'

export type LiveMessage = { kind: 'task'; event: LiveEvent } | { kind: 'pools' } | { kind: 'resync' }

/** `ended`: the server refuses for good (signed out, no longer a member); loading the page again says why. */
export type LiveStatus = 'connecting' | 'live' | 'reconnecting' | 'paused' | 'ended'

export type LiveState = {
  status: LiveStatus
  /** When the next try begins, in ms since 1970; null unless `reconnecting`. */
  retryAt: number | null
  /** When the server was last heard of, in ms since 1970. */
  lastUpdateAt: number | null
}

/** The part of EventSource that is used. */
export type Source = {
  addEventListener: (type: string, listener: (event: { data?: string; lastEventId?: string }) => void) => void
  close: () => void
}

export type LiveOptions = {
  url: string
  open: (url: string) => Source
  /** False when the server refuses for good; asked after repeated failures, since a Source does not say why. */
  mayRetry: (url: string) => Promise<boolean>
  /** Undefined where the browser has none: then each tab reads the stream by itself. */
  locks: () => Pick<LockManager, 'request'> | undefined
  channel: () => BroadcastChannel | undefined
  silenceMs?: number
  pollMs?: number
  firstRetryMs?: number
}

export type LiveStream = {
  state: () => LiveState
  onState: (listener: () => void) => () => void
  onMessage: (listener: (message: LiveMessage) => void) => () => void
  start: () => void
  stop: () => void
  pause: () => void
  resume: () => void
  /** The network came or went: a connection may be dead without a word, or worth another try at once. */
  networkChanged: (online: boolean) => void
}

type Shared =
  | { type: 'message'; message: LiveMessage; id: string }
  | { type: 'state'; state: LiveState }
  | { type: 'who' }

const MAX_KNOWN_TASKS = 5_000
const LONGEST_RETRY_MS = 30_000

export function createLiveStream(options: LiveOptions): LiveStream {
  const { url, silenceMs = 40_000, pollMs = 15_000, firstRetryMs = 1_000 } = options
  const stateListeners = new Set<() => void>()
  const messageListeners = new Set<(message: LiveMessage) => void>()
  const known = new Map<string, number>()
  let state: LiveState = { status: 'connecting', retryAt: null, lastUpdateAt: null }
  let lastEventId = ''
  let leading = false
  let source: Source | undefined
  let failures = 0
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let clock: ReturnType<typeof setInterval> | undefined
  let lastPollAt = 0
  let channel: BroadcastChannel | undefined
  let leave = new AbortController()

  function setState(next: Partial<LiveState>) {
    state = { ...state, ...next }
    if (leading) share({ type: 'state', state })
    for (const listener of stateListeners) listener()
  }

  function share(shared: Shared) {
    channel?.postMessage(shared)
  }

  function deliver(message: LiveMessage, id: string) {
    if (id) lastEventId = id
    if (message.kind === 'task' && !isNew(message.event)) return
    if (leading) share({ type: 'message', message, id })
    for (const listener of messageListeners) listener(message)
  }

  function isNew({ taskId, seq }: LiveEvent): boolean {
    if (seq <= (known.get(taskId) ?? 0)) return false
    known.delete(taskId)
    known.set(taskId, seq)
    if (known.size > MAX_KNOWN_TASKS) known.delete(known.keys().next().value ?? '')
    return true
  }

  function connect() {
    clearTimeout(retryTimer)
    const opened = options.open(lastEventId ? `${url}?lastEventId=${encodeURIComponent(lastEventId)}` : url)
    source = opened
    const heard = () => {
      failures = 0
      setState({ status: 'live', retryAt: null, lastUpdateAt: Date.now() })
    }
    opened.addEventListener('open', heard)
    opened.addEventListener('heartbeat', heard)
    opened.addEventListener('task', ({ data, lastEventId: id }) => {
      heard()
      deliver({ kind: 'task', event: JSON.parse(data ?? '') as LiveEvent }, id ?? '')
    })
    opened.addEventListener('pools', () => (heard(), deliver({ kind: 'pools' }, '')))
    opened.addEventListener('resync', ({ lastEventId: id }) => (heard(), deliver({ kind: 'resync' }, id ?? '')))
    opened.addEventListener('error', () => source === opened && void reconnect())
  }

  async function reconnect() {
    source?.close()
    source = undefined
    failures += 1
    const waitMs = Math.min(LONGEST_RETRY_MS, firstRetryMs * 2 ** (failures - 1)) * (0.8 + Math.random() * 0.4)
    setState({ status: 'reconnecting', retryAt: Date.now() + waitMs })
    retryTimer = setTimeout(connect, waitMs)
    if (failures < 2 || (await options.mayRetry(url)) || state.status !== 'reconnecting') return
    clearTimeout(retryTimer)
    setState({ status: 'ended', retryAt: null })
  }

  function lead() {
    leading = true
    lastPollAt = Date.now()
    connect()
    clock = setInterval(watch, Math.min(silenceMs, pollMs) / 4)
  }

  /** A connection that is silent for longer than two heartbeats is dead; without one, pages refresh by polling. */
  function watch() {
    const now = Date.now()
    if (source && state.status === 'live' && now - (state.lastUpdateAt ?? now) > silenceMs) void reconnect()
    if (state.status !== 'reconnecting') lastPollAt = now
    else if (now - lastPollAt >= pollMs) {
      lastPollAt = now
      deliver({ kind: 'resync' }, '')
    }
  }

  function stopLeading() {
    leading = false
    clearTimeout(retryTimer)
    clearInterval(clock)
    source?.close()
    source = undefined
  }

  function join() {
    leave = new AbortController()
    const { signal } = leave
    const locks = options.locks()
    if (!locks || !channel) {
      lead()
      signal.addEventListener('abort', stopLeading)
      return
    }
    share({ type: 'who' })
    locks
      .request(`live:${url}`, { signal }, () => {
        lead()
        return new Promise<void>((done) => signal.addEventListener('abort', () => (stopLeading(), done())))
      })
      .catch(() => undefined)
  }

  function hear({ data: shared }: MessageEvent<Shared>) {
    if (state.status === 'paused') return
    if (shared.type === 'who' && leading) share({ type: 'state', state })
    if (leading) return
    if (shared.type === 'state') setState(shared.state)
    if (shared.type === 'message') deliver(shared.message, shared.id)
  }

  return {
    state: () => state,
    onState: (listener) => (stateListeners.add(listener), () => stateListeners.delete(listener)),
    onMessage: (listener) => (messageListeners.add(listener), () => messageListeners.delete(listener)),
    start: () => {
      channel = options.channel()
      channel?.addEventListener('message', hear)
      if (state.status !== 'paused') join()
    },
    stop: () => {
      leave.abort()
      channel?.close()
      channel = undefined
    },
    pause: () => {
      leave.abort()
      setState({ status: 'paused', retryAt: null })
    },
    resume: () => {
      setState({ status: 'connecting' })
      deliver({ kind: 'resync' }, '')
      join()
    },
    networkChanged: (online) => {
      if (!leading) return
      if (!online && source) void reconnect()
      if (online && !source && state.status === 'reconnecting') connect()
    },
  }
}
