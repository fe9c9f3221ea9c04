// What one web process holds: connections, queue and accounts. Kept on globalThis because the build makes several
// bundles (pages, routes, proxy) and a development reload makes new ones; all of them share these.
import 'server-only'
import { nextCookies } from 'better-auth/next-js'
import { type Auth, createAuth } from '#lib/access/auth.ts'
import { type Database, type OpenDatabase, openDatabase } from '#lib/db/client.ts'
import { env } from '#lib/env.ts'
import { openQueue, type Queue } from '#lib/queue.ts'

type Held = { opened?: OpenDatabase; auth?: Auth; authForActions?: Auth; queue?: Promise<Queue> }

const held: Held = ((globalThis as { batonServer?: Held }).batonServer ??= {})

export function openedDatabase(): OpenDatabase {
  return (held.opened ??= openDatabase(databaseUrl(), 'baton_app', { pooled: env().DATABASE_DIRECT_URL !== undefined }))
}

export function database(): Database {
  return openedDatabase().db
}

export function queue(): Promise<Queue> {
  held.queue ??= openQueue(openedDatabase()).catch((error: unknown) => {
    held.queue = undefined
    throw error
  })
  return held.queue
}

/** For reading who asks, and for requests of its own HTTP routes. */
export function auth(): Auth {
  return (held.auth ??= createAuth({ db: database(), secret: secret() }))
}

/** For server actions: what it sets as cookies goes out with the action's answer. */
export function authForActions(): Auth {
  return (held.authForActions ??= createAuth({ db: database(), secret: secret(), plugins: [nextCookies()] }))
}

export function databaseUrl(): string {
  const url = env().DATABASE_URL
  if (!url)
    throw new Error('DATABASE_URL is not set. Start Baton with "npm start", which sets it for the embedded Postgres.')
  return url
}

function secret(): string {
  const value = env().BATON_SECRET
  if (!value) throw new Error('BATON_SECRET is not set. Start Baton with "npm start", which makes and keeps one.')
  return value
}
