'use client'
// Live updates for everything under a workspace: refreshes what React Query holds and tells who listens.
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react'
import type { LiveEvent } from '#lib/tasks/shapes.ts'
import { type LiveMessage, type LiveState, type LiveStream, createLiveStream } from './live-stream.ts'
import { queryKeys } from './query-keys.ts'

export type { LiveMessage } from './live-stream.ts'

export type Live = LiveState & {
  /** Whole seconds until the next try; null unless reconnecting. */
  retryInSeconds: number | null
  pause: () => void
  resume: () => void
}

const PAUSED = 'baton-live-paused'
const LIST_REFRESH_MS = 1_000
const IDLE: LiveState = { status: 'connecting', retryAt: null, lastUpdateAt: null }

const LiveContext = createContext<LiveStream | null>(null)

type Props = { workspaceId: string; children: ReactNode }

export function LiveProvider({ workspaceId, children }: Props) {
  return (
    <WorkspaceStream key={workspaceId} workspaceId={workspaceId}>
      {children}
    </WorkspaceStream>
  )
}

/** The connection's state, for the pill; pausing is remembered and holds for every tab of this browser. */
export function useLive(): Live {
  const stream = use(LiveContext)
  const state = useSyncExternalStore(
    stream ? stream.onState : neverChanges,
    () => stream?.state() ?? IDLE,
    () => IDLE,
  )
  const now = useClock(state.retryAt !== null)
  return {
    ...state,
    retryInSeconds: state.retryAt === null ? null : Math.max(0, Math.ceil((state.retryAt - now) / 1000)),
    pause: () => {
      remember(true)
      if (stream) setPaused(stream, true)
    },
    resume: () => {
      remember(false)
      if (stream) setPaused(stream, false)
    },
  }
}

/** Calls `listener` for every message: a new event of a task, a change of pools, or `resync` when some may be missing. */
export function useLiveMessages(listener: (message: LiveMessage) => void): void {
  const stream = use(LiveContext)
  const heard = useEffectEvent(listener)
  useEffect(() => stream?.onMessage((message) => heard(message)), [stream])
}

function WorkspaceStream({ workspaceId, children }: Props) {
  const queryClient = useQueryClient()
  const [stream] = useState(() => browserStream(workspaceId))

  useEffect(() => {
    const refresh = refresher(queryClient, workspaceId)
    const stopRefreshing = stream.onMessage(refresh.on)
    const follow = () => setPaused(stream, shouldRest())
    follow()
    stream.start()
    const listening = new AbortController()
    const { signal } = listening
    window.addEventListener('storage', follow, { signal })
    document.addEventListener('visibilitychange', follow, { signal })
    window.addEventListener('online', () => stream.networkChanged(true), { signal })
    window.addEventListener('offline', () => stream.networkChanged(false), { signal })
    return () => {
      listening.abort()
      stream.stop()
      stopRefreshing()
      refresh.stop()
    }
  }, [queryClient, stream, workspaceId])

  return <LiveContext value={stream}>{children}</LiveContext>
}

function browserStream(workspaceId: string): LiveStream {
  const url = `/api/v1/workspaces/${workspaceId}/events`
  return createLiveStream({
    url,
    open: (address) => new EventSource(address),
    mayRetry,
    locks,
    channel: () => (locks() ? new BroadcastChannel(`live:${url}`) : undefined),
  })
}

/** Absent where the page came over plain http from another machine. */
function locks(): LockManager | undefined {
  return 'locks' in navigator ? navigator.locks : undefined
}

/** Without locks each tab has a stream of its own, and a browser allows six: hidden tabs give theirs up. */
function shouldRest(): boolean {
  return isPaused() || (document.hidden && !locks())
}

/** An EventSource does not say why it failed; 401 and 404 are final until the page is loaded again. */
async function mayRetry(url: string): Promise<boolean> {
  const abort = new AbortController()
  const response = await fetch(url, { signal: abort.signal }).catch(() => null)
  abort.abort()
  return response === null || (response.status !== 401 && response.status !== 404)
}

function refresher(queryClient: QueryClient, workspaceId: string) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let tasksChanged = false
  const refresh = (queryKey: readonly unknown[]) => void queryClient.invalidateQueries({ queryKey })
  const on = (message: LiveMessage) => {
    if (message.kind === 'resync') return refresh(queryKeys.workspace(workspaceId))
    if (message.kind === 'task') {
      tasksChanged = true
      if (isNews(queryClient, workspaceId, message.event)) refresh(queryKeys.task(workspaceId, message.event.taskId))
    }
    // A burst of events refreshes lists once a second, not once each.
    timer ??= setTimeout(() => {
      timer = undefined
      if (tasksChanged) refresh(queryKeys.tasks(workspaceId))
      if (tasksChanged) refresh(queryKeys.runs(workspaceId))
      if (tasksChanged) refresh(queryKeys.batches(workspaceId))
      tasksChanged = false
      refresh(queryKeys.workers(workspaceId))
    }, LIST_REFRESH_MS)
  }
  return { on, stop: () => clearTimeout(timer) }
}

function isNews(queryClient: QueryClient, workspaceId: string, { taskId, seq }: LiveEvent): boolean {
  const held = queryClient.getQueryData<{ seq?: number }>(queryKeys.task(workspaceId, taskId))
  return (held?.seq ?? 0) < seq
}

function setPaused(stream: LiveStream, paused: boolean): void {
  if ((stream.state().status === 'paused') === paused) return
  if (paused) stream.pause()
  else stream.resume()
}

function isPaused(): boolean {
  try {
    return localStorage.getItem(PAUSED) !== null
  } catch {
    return false
  }
}

function remember(paused: boolean): void {
  try {
    if (paused) localStorage.setItem(PAUSED, '1')
    else localStorage.removeItem(PAUSED)
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

/** The time, a second at most behind while `running`. */
function useClock(running: boolean): number {
  return useSyncExternalStore(
    running ? everySecond : neverChanges,
    () => (running ? Math.floor(Date.now() / 1_000) * 1_000 : 0),
    () => 0,
  )
}

function everySecond(listener: () => void) {
  const timer = setInterval(listener, 1_000)
  return () => clearInterval(timer)
}

function neverChanges() {
  return () => undefined
}
