// The one event hub of this web process.
import { listen } from '#lib/db/listen.ts'
import { env } from '#lib/env.ts'
import { readLiveWindow } from '#lib/tasks/live.ts'
import { createEventHub, type EventHub, REPEAT_MS } from './event-stream.ts'
import { database, databaseUrl, queue } from './server.ts'

const held = globalThis as { batonEvents?: EventHub }

export function eventHub(): EventHub {
  held.batonEvents ??= endingWithTheProcess(openEventHub(env().DATABASE_DIRECT_URL ?? databaseUrl()))
  return held.batonEvents
}

/** `url` must lead to the server itself: a transaction pooler passes no notifications on. */
export function openEventHub(url: string): EventHub {
  return createEventHub({
    listen: (handlers) =>
      listen({
        url,
        role: 'baton_app',
        channels: ['baton_events', 'baton_pools'],
        ...handlers,
      }),
    read: async (workspaceId, since) =>
      readLiveWindow({ db: database(), queue: await queue() }, workspaceId, since, REPEAT_MS),
  })
}

/** The server waits for open answers before it stops, and these would never end by themselves. */
function endingWithTheProcess(hub: EventHub): EventHub {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void hub.close())
  return hub
}
