import { type AddressInfo, createServer, connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { listen } from './listen.ts'
import { type TestDatabase, testDatabase } from './test-database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

/** A way to the server that can stop carrying anything without closing. */
async function silentProxy(url: string) {
  const target = new URL(url)
  const sockets: Socket[] = []
  const server = createServer((from) => {
    const to = connect(Number(target.port), target.hostname)
    from.pipe(to).pipe(from)
    for (const socket of [from, to]) sockets.push(socket.on('error', () => undefined))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const through = new URL(url)
  through.port = String((server.address() as AddressInfo).port)
  return {
    url: through.href,
    fallSilent: () => {
      for (const socket of sockets) socket.unpipe().pause()
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

test('F10: a connection whose peer went away without a word is noticed and replaced', async () => {
  const proxy = await silentProxy(database.url)
  const heard: string[] = []
  let connections = 0
  const listening = listen({
    url: proxy.url,
    role: 'baton_app',
    channels: ['here'],
    onNotify: (_, payload) => heard.push(payload),
    onConnected: () => (connections += 1),
    heartbeatMs: 100,
  })
  await vi.waitFor(() => expect(connections).toBe(1))
  await database.admin.query(`select pg_notify('here', 'one')`)
  await vi.waitFor(() => expect(heard).toEqual(['one']))
  proxy.fallSilent()
  await vi.waitFor(() => expect(connections).toBe(2), 5_000)
  await database.admin.query(`select pg_notify('here', 'two')`)
  await vi.waitFor(() => expect(heard).toEqual(['one', 'two']))
  await listening.close()
  proxy.close()
})
