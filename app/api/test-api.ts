// Calls route handlers as a browser or a program would, against a database of its own.
import { v7 as uuidv7 } from 'uuid'
import type { ApiKeyScope, Role } from '#lib/access/actor.ts'
import { type Auth, createAuth } from '#lib/access/auth.ts'
import { createApiKey } from '#lib/access/keys.ts'
import { createUser } from '#lib/access/users.ts'
import { members } from '#lib/db/auth-schema.ts'
import { asWorkspace } from '#lib/db/client.ts'
import { type TestDatabase, testDatabase, type TestWorkspace } from '#lib/db/test-database.ts'
import { ownOrigins, parseEnv } from '#lib/env.ts'
import { openQueue, type Queue } from '#lib/queue.ts'
import type { Route } from '#app/_server/contract.ts'
import { openEventHub } from '#app/_server/events.ts'

export const ORIGIN = ownOrigins(parseEnv({}))[0] ?? ''

/** The headers with which someone's requests come. */
export type Asker = { headers: Record<string, string> }

export type Call = {
  as?: Asker | null
  method?: string
  /** Of the path, beside the workspace. */
  params?: Record<string, string>
  workspace?: string
  query?: string
  body?: unknown
  /** Sent as it is, instead of `body`. */
  raw?: BodyInit
  headers?: Record<string, string>
}

export type Answer = { status: number; headers: Headers; body: Record<string, unknown>; text: string }

export type TestApi = {
  database: TestDatabase
  queue: Queue
  auth: Auth
  workspace: TestWorkspace
  member: (workspace: TestWorkspace, role: Role, operator?: boolean) => Promise<Asker & { userId: string }>
  key: (workspace: TestWorkspace, scopes: ApiKeyScope[]) => Promise<Asker & { keyId: string; secret: string }>
  send: (route: Route, call?: Call) => Promise<Response>
  call: (route: Route, call?: Call) => Promise<Answer>
  read: (response: Response) => Promise<Answer>
  close: () => Promise<void>
}

export async function testApi(): Promise<TestApi> {
  const database = await testDatabase()
  const queue = await openQueue(database.app)
  const auth = createAuth({ db: database.app.db, secret: 'a secret of thirty-two characters', settings: parseEnv({}) })
  const held = ((globalThis as { batonServer?: object }).batonServer ??= {})
  Object.assign(held, { opened: database.app, auth, queue: Promise.resolve(queue) })
  const hub = openEventHub(database.url)
  Object.assign(globalThis, { batonEvents: hub })
  const workspace = await database.workspace()

  const send = (route: Route, call: Call = {}) => {
    const name = call.workspace ?? workspace.id
    const { request, params } = requestFor({ ...call, workspace: name })
    return route(request, { params: Promise.resolve(params) })
  }

  return {
    database,
    queue,
    auth,
    workspace,
    member: (of, role, operator = false) => addMember(database, auth, of, role, operator),
    key: async (of, scopes) => {
      const { key, secret } = await asWorkspace(database.app.db, of.id, (tx) =>
        createApiKey(database.ctx(tx, of, queue), { name: scopes.join(' and '), scopes }),
      )
      return { keyId: key.id, secret, headers: { authorization: `Bearer ${secret}` } }
    },
    send,
    call: async (route, call) => read(await send(route, call)),
    read,
    close: async () => {
      await hub.close()
      await queue.close()
      await database.drop()
    },
  }
}

/** Signs in over HTTP, so that the cookie is what a browser would hold. */
async function addMember(
  { app }: TestDatabase,
  auth: Auth,
  workspace: TestWorkspace,
  role: Role,
  operator: boolean,
): Promise<Asker & { userId: string }> {
  const email = `${uuidv7()}@example.com`
  const password = 'a long enough pass phrase'
  const user = await createUser(app.db, { name: `The ${role}`, email, password, operator })
  await app.db.insert(members).values({ id: uuidv7(), organizationId: workspace.id, userId: user.id, role })
  const response = await auth.handler(
    new Request(`${ORIGIN}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: ORIGIN, 'x-forwarded-for': `203.0.113.${random()}` },
      body: JSON.stringify({ email, password }),
    }),
  )
  if (!response.ok) throw new Error(`Signing in failed: ${await response.text()}`)
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ')
  return { userId: user.id, headers: { cookie, origin: ORIGIN, 'sec-fetch-site': 'same-origin' } }
}

function requestFor(call: Call & { workspace: string }): { request: Request; params: Record<string, string> } {
  const { as, method = call.body === undefined && call.raw === undefined ? 'GET' : 'POST' } = call
  const headers = new Headers({ ...as?.headers, ...call.headers })
  const body = call.raw ?? (call.body === undefined ? undefined : JSON.stringify(call.body))
  if (body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json')
  const url = `${ORIGIN}/api/v1/workspaces/${call.workspace}${call.query ? `?${call.query}` : ''}`
  const streams = body instanceof ReadableStream ? { duplex: 'half' as const } : {}
  return {
    request: new Request(url, { method, headers, body, ...streams }),
    params: { workspace: call.workspace, ...call.params },
  }
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text()
  const json = /[/+]json(;|$)/.test(response.headers.get('content-type') ?? '')
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: json ? (JSON.parse(text) as Record<string, unknown>) : {},
  }
}

function random(): number {
  return 1 + Math.floor(Math.random() * 250)
}
