// The address of whoever connected, which Next does not hand on when the request already claims one. Written where
// better-auth and the API read it; what lies further back counts only behind a proxy named in BATON_TRUSTED_PROXIES.
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { trustedProxies } from '#lib/access/client-ip.ts'

export function noteClientAddresses(): void {
  const behindProxy = trustedProxies().length > 0
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    const peer = request.socket.remoteAddress
    const claimed = request.headers['x-forwarded-for']
    request.headers['x-forwarded-for'] = behindProxy && claimed ? `${String(claimed)}, ${peer}` : peer
  })
}
