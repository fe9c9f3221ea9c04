// Asked to stop, the web app ends when its connections have. Browsers keep theirs and go on asking on them, so each is
// closed as soon as no answer is on its way.
import { subscribe } from 'node:diagnostics_channel'
import type { Server } from 'node:http'

const LOOK_MS = 100

export function endConnectionsWithProcess(): void {
  const servers = new Set<Server>()
  subscribe('http.server.request.start', (message) => servers.add((message as { server: Server }).server))
  const closeIdle = () => servers.forEach((server) => server.closeIdleConnections())
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => setInterval(closeIdle, LOOK_MS).unref())
}
