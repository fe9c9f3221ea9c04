// What can be said of a URL before anything is looked up. The rest is checked when the call is made.
import ipaddr from 'ipaddr.js'
import { addressProblem, type AllowList, isAllowed } from './address.ts'

const PORTS: Record<string, readonly number[]> = { 'https:': [443, 8443], 'http:': [80, 8080] }
const MAX_LENGTH = 2_000

export type Target = { url: URL; host: string; port: number }

/** The target, or a sentence that says what is wrong with the URL. */
export function readTarget(text: string, allow: AllowList): Target | { problem: string } {
  if (text.length > MAX_LENGTH) return { problem: `The URL is longer than ${MAX_LENGTH} letters.` }
  const url = URL.parse(text)
  if (!url) return { problem: 'Give a whole URL, such as https://example.com/hooks/baton.' }
  const ports = PORTS[url.protocol]
  if (!ports) return { problem: 'The URL has to begin with https:// or http://.' }
  if (url.username !== '' || url.password !== '')
    return { problem: 'Leave the name and password out of the URL: calls are signed instead.' }
  const host = url.hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase()
  const port = url.port === '' ? (ports[0] ?? 443) : Number(url.port)
  const literal = ipaddr.isValid(host)
  const problem = literal ? addressProblem(host, { host, port, allow }) : nameProblem(host)
  const allowed = isAllowed(literal ? ipaddr.process(host) : null, { host, port, allow })
  if (problem !== null && !allowed) return { problem: `Calls may not go to ${url.hostname}: ${problem}.${ADVICE}` }
  if (!ports.includes(port) && !allowed)
    return { problem: `Calls may not go to port ${port}, only to 443, 8443, 80 and 8080.${ADVICE}` }
  return { url, host, port }
}

export const ADVICE = ' An operator can allow it with BATON_OUTBOUND_ALLOW.'

function nameProblem(host: string): string | null {
  if (host === '') return 'the URL names no host'
  if (host === 'localhost' || host.endsWith('.localhost')) return 'it is this machine'
  return host.includes('.') ? null : 'it is a name of a private network'
}
