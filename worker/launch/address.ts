// The port that the web app listens on, and the address to tell people.
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Env, isLoopback } from '#lib/env.ts'

const FIRST_PORT = 3000

/** @throws Error when the port asked for is taken. */
export async function webPort({ PORT, HOST }: Env): Promise<number> {
  if (PORT !== undefined) {
    if (await isFree(PORT, HOST)) return PORT
    throw new Error(
      `Port ${PORT} is taken. Stop what uses it, or set PORT to another one; without PORT the next free one is used.`,
    )
  }
  for (let port = FIRST_PORT; port < FIRST_PORT + 200; port += 1) if (await isFree(port, HOST)) return port
  throw new Error(`No port from ${FIRST_PORT} to ${FIRST_PORT + 199} is free. Set PORT to one that is.`)
}

async function isFree(port: number, host: string): Promise<boolean> {
  const server = createServer()
  try {
    server.listen({ port, host, exclusive: true })
    await once(server, 'listening')
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE' || (error as NodeJS.ErrnoException).code === 'EACCES')
      return false
    throw new Error(`HOST is ${host}, which this machine cannot listen on. Set it to 127.0.0.1 or 0.0.0.0.`, {
      cause: error,
    })
  } finally {
    if (server.listening) {
      server.close()
      await once(server, 'close')
    }
  }
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
