// The port that the web app listens on, and the address to tell people.
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Env, isLoopback } from '#lib/env.ts'

const FIRST_PORT = 3000

export type HeldPort = { port: number; release: () => Promise<void> }

/** Takes the port until the web app is there, and tells early visitors so. @throws Error when PORT is taken. */
export async function holdPort({ PORT, HOST }: Env): Promise<HeldPort> {
  for (let port = PORT ?? FIRST_PORT; port < (PORT ?? FIRST_PORT) + 200; port += 1) {
    const server = await listening(port, HOST)
    if (server) return { port, release: () => closed(server) }
    if (PORT === undefined) continue
    throw new Error(
      `Port ${PORT} is taken. Stop what uses it, or set PORT to another one; without PORT the next free one is used.`,
    )
  }
  throw new Error(`No port from ${FIRST_PORT} to ${FIRST_PORT + 199} is free. Set PORT to one that is.`)
}

const STARTING = `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="2">
<meta name="color-scheme" content="light dark"><title>Baton is starting</title>
<body style="font: 16px system-ui; display: grid; place-items: center; height: 90vh">
<p role="status">Baton is starting. This page reloads by itself.</p>`

const HTML = 'text/html; charset=utf-8'

const STARTING_PROBLEM = JSON.stringify({
  type: 'urn:baton:problem:starting',
  title: 'Temporarily unavailable',
  status: 503,
  detail: 'Baton is starting.',
  code: 'starting',
  advice: 'Send the request again in a few seconds.',
})

async function listening(port: number, host: string): Promise<Server | null> {
  const server = createServer(({ url = '' }, response) => {
    const [type, body] = url.startsWith('/api/') ? ['application/problem+json', STARTING_PROBLEM] : [HTML, STARTING]
    response.writeHead(503, { 'content-type': type, 'retry-after': '2' }).end(body)
  })
  try {
    server.listen({ port, host, exclusive: true })
    await once(server, 'listening')
    return server
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EADDRINUSE' || code === 'EACCES') return null
    throw new Error(`HOST is ${host}, which this machine cannot listen on. Set it to 127.0.0.1 or 0.0.0.0.`, {
      cause: error,
    })
  }
}

async function closed(server: Server): Promise<void> {
  if (!server.listening) return
  server.close()
  server.closeAllConnections()
  await once(server, 'close')
}

export function shownAddress({ HOST, BATON_PUBLIC_URL }: Env, port: number): string {
  if (BATON_PUBLIC_URL) return BATON_PUBLIC_URL.replace(/\/$/, '')
  return `http://${isLoopback(HOST) || HOST === '0.0.0.0' || HOST === '::' ? 'localhost' : HOST}:${port}`
}

/** Resolves once the web app answers, or when `signal` is given up. */
export async function untilAnswering({ HOST }: Env, port: number, signal: AbortSignal): Promise<void> {
  const host = HOST === '0.0.0.0' ? '127.0.0.1' : HOST.includes(':') ? `[${HOST === '::' ? '::1' : HOST}]` : HOST
  while (!signal.aborted) {
    try {
      const response = await fetch(`http://${host}:${port}/api/health`, { signal: AbortSignal.timeout(5_000) })
      if (response.status < 500) return
    } catch {
      // Not listening yet.
    }
    await sleep(50)
  }
}
