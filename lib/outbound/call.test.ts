import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callOut, type CallOptions } from './call.ts'
import { isSignedBy, newSigningSecret, signedHeaders } from './sign.ts'
import { readTarget } from './target.ts'

/** Stands where nobody may be called. */
let canary: Server
let port: number
let connections = 0
let received: { request: IncomingMessage; body: string }[] = []
let answer: (path: string) => { status: number; headers?: Record<string, string>; body?: string } | null

beforeAll(async () => {
  canary = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      received.push({ request, body: Buffer.concat(parts).toString() })
      const given = answer(request.url ?? '')
      if (given) response.writeHead(given.status, given.headers).end(given.body)
    })
  })
  canary.on('connection', () => (connections += 1))
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve))
  port = (canary.address() as AddressInfo).port
})
afterAll(() => {
  canary.closeAllConnections()
  canary.close()
})

const call = (url: string, more: Partial<CallOptions> = {}) => {
  connections = 0
  received = []
  return callOut({ url, headers: {}, body: '{}', allow: [], ...more })
}
const home = () => `127.0.0.1:${port}`

const OWN = Object.values(networkInterfaces())
  .flat()
  .flatMap((one) => (one && one.family === 'IPv4' && !one.internal ? [one.address] : []))

test.each([
  'http://127.0.0.1/',
  'http://127.9.9.9/',
  'http://[::1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::7f00:1]/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://017700000001/',
  'http://0/',
  'http://10.1.2.3/',
  'http://172.16.0.1/',
  'http://192.168.1.1/',
  'http://100.64.0.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://[fd00::1]/',
  'http://[fe80::1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[64:ff9b:1::7f00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[2001:0:7f00:1::]/',
  'http://[ff02::1]/',
  'http://255.255.255.255/',
  'http://198.18.0.1/',
  'http://localhost/',
  'http://localhost./',
  'http://a.localhost/',
  'http://intranet/',
  'http://user:pw@example.com/',
  'http://example.com:22/',
  'https://example.com:5432/',
  'ftp://example.com/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'example.com/hook',
  ...OWN.map((address) => `http://${address}/`),
])('%s is refused when it is typed and when it is called, and nobody is connected to', async (url) => {
  expect(readTarget(url, [])).toHaveProperty('problem')
  const withPort = URL.parse(url)?.port === '' && url.startsWith('http:') ? url.replace(/\/$/, `:${port}/`) : url
  expect((await call(withPort)).error?.code).toBe('ssrf_blocked')
  expect(connections).toBe(0)
})

test.each(['https://example.com/hook', 'http://example.com:8080/', 'https://8.8.8.8/', 'https://[2606:4700::1111]/x'])(
  '%s may be called',
  (url) => {
    expect(readTarget(url, [])).not.toHaveProperty('problem')
  },
)

test.each([
  ['a private address', [{ address: '127.0.0.1', family: 4 }]],
  [
    'one public and one private address',
    [
      { address: '8.8.8.8', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ],
  ],
  ['a private address written as IPv6', [{ address: '::ffff:127.0.0.1', family: 6 }]],
])('a public name that resolves to %s is not called', async (_, addresses) => {
  const outcome = await call('http://hooks.example.com:8080/', { resolve: () => Promise.resolve(addresses) })
  expect(outcome).toMatchObject({ status: null, error: { code: 'ssrf_blocked' } })
  expect(connections).toBe(0)
})

test('a name that changes between two lookups is called where it was vetted, as there is only one', async () => {
  let lookups = 0
  const resolve = () => {
    lookups += 1
    return Promise.resolve([{ address: lookups === 1 ? '192.0.2.1' : '127.0.0.1', family: 4 }])
  }
  expect((await call('http://rebind.example.com/', { resolve })).error?.code).toBe('ssrf_blocked')
  expect([lookups, connections]).toEqual([1, 0])
})

test('the address that was dialled is looked at again before anything is said to it', async () => {
  answer = () => ({ status: 200 })
  const allow = ['name.example.com']
  const resolve = () => {
    // After the look at what was resolved, and before there is a connection.
    setImmediate(() => allow.pop())
    return Promise.resolve([{ address: '127.0.0.1', family: 4 }])
  }
  const outcome = await call(`http://name.example.com:${port}/`, { allow, resolve })
  expect(outcome.error?.code).toBe('ssrf_blocked')
  expect([connections, received]).toEqual([1, []])
})

test.each([301, 302, 303, 307, 308])('a redirect by %s is not followed and counts as a failure', async (status) => {
  answer = () => ({ status, headers: { location: `http://${home()}/secret` } })
  const outcome = await call(`http://${home()}/start`, { allow: [home()] })
  expect(outcome).toMatchObject({ status, error: { code: 'redirected' } })
  expect(received.map(({ request }) => request.url)).toEqual(['/start'])
})

test.each([
  ['its name', 'http://hooks.intern:PORT/', 'hooks.intern'],
  ['its name and port', 'http://hooks.intern:PORT/', 'hooks.intern:PORT'],
  ['its address and port', 'http://127.0.0.1:PORT/', '127.0.0.1:PORT'],
  ['a range', 'http://127.0.0.1:PORT/', '127.0.0.0/8'],
])('an operator can allow a private target by %s', async (_, url, entry) => {
  answer = () => ({ status: 204 })
  const outcome = await call(url.replace('PORT', String(port)), {
    allow: [entry.replace('PORT', String(port))],
    resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
  })
  expect(outcome).toMatchObject({ status: 204, error: null })
})

test('an entry for one port opens no other', async () => {
  expect((await call(`http://${home()}/`, { allow: ['127.0.0.1:1'] })).error?.code).toBe('ssrf_blocked')
})

test('an answer that never comes is cut off, and so is one that never ends', async () => {
  answer = () => null
  const outcome = await call(`http://${home()}/`, { allow: [home()], timeoutMs: 200 })
  expect(outcome).toMatchObject({ status: null, error: { code: 'timed_out' } })
  answer = () => ({ status: 200, body: 'x'.repeat(5_000_000) })
  expect(await call(`http://${home()}/`, { allow: [home()] })).toMatchObject({ status: 200 })
})

test('errors are told by what happened, and an answer says when to come again', async () => {
  answer = () => ({ status: 503, headers: { 'retry-after': '7' } })
  expect(await call(`http://${home()}/`, { allow: [home()] })).toMatchObject({
    status: 503,
    error: { code: 'refused', message: 'It answered 503.' },
    retryAfterMs: 7_000,
  })
  expect((await call('http://127.0.0.1:1/', { allow: ['127.0.0.1'] })).error).toEqual({
    code: 'unreachable',
    message: 'Nothing listens there.',
  })
})

test('what is sent carries a signature over its id, time and bytes that the receiver can check', async () => {
  answer = () => ({ status: 200 })
  const secret = newSigningSecret()
  const body = JSON.stringify({ text: 'Příliš žluťoučký 東京' })
  const headers = signedHeaders(secret, { id: 'msg_1', body, at: new Date() })
  await call(`http://${home()}/`, { allow: [home()], headers, body })
  const [sent] = received
  const given = new Headers(Object.entries(sent?.request.headers ?? {}).map(([name, value]) => [name, String(value)]))
  expect(sent?.body).toBe(body)
  expect(isSignedBy(secret, { body, headers: given })).toBe(true)
  expect(isSignedBy(newSigningSecret(), { body, headers: given })).toBe(false)
  expect(isSignedBy(secret, { body: `${body} `, headers: given })).toBe(false)
  const old = signedHeaders(secret, { id: 'msg_1', body, at: new Date(Date.now() - 600_000) })
  expect(isSignedBy(secret, { body, headers: new Headers(old) })).toBe(false)
  expect(isSignedBy(secret, { body, headers: new Headers() })).toBe(false)
})
