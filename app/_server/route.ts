// Every HTTP route passes here: who asks, may they, is the request well formed, and one form of answer for each outcome.
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { requireOwnOrigin } from '#lib/access/origin.ts'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import type { Contract, ReadQuery, Route } from './contract.ts'
import { entrance, identify, type InWorkspace, noteUse, refuseKeyInAddress } from './identity.ts'
import { Overdue, problemResponse } from './problem.ts'
import { type Idempotency, type Read, readRequest } from './reading.ts'

export const workspaceParams = z.object({ workspace: z.string().min(1).max(100) })
export const itemParams = workspaceParams.extend({ id: z.uuid() })
const anyWorkspace = z.object({ workspace: z.string() })

type Definition<Params, Query, Body> = Pick<Contract, 'name' | 'summary' | 'action' | 'responses'> &
  Partial<Pick<Contract, 'noun' | 'maxBytes' | 'idempotent' | 'deadlineMs'>> & {
    params?: z.ZodType<Params>
    query?: z.ZodType<Query>
    readQuery?: (search: URLSearchParams) => ReadQuery<Query>
    body?: z.ZodType<Body>
  }

type Given<Params, Query, Body> = {
  request: Request
  requestId: string
  params: Params
  query: Query
  body: Body
  idempotency: Idempotency | undefined
  /** One transaction as whoever asks, rows of the workspace only; their rights are looked up in it, each time anew. */
  inWorkspace: InWorkspace
  /** For answers that last. @throws what the same request would be answered now. */
  verify: () => Promise<void>
}

export type Reply = { status: number; body?: unknown; headers?: Record<string, string> }

/** A route without an action in its contract is public and has no workspace. */
export function defineRoute<Params = unknown, Query = unknown, Body = unknown>(
  definition: Definition<Params, Query, Body>,
  handle: (given: Given<Params, Query, Body>) => Promise<Reply | Response>,
): Route {
  const query = definition.query ?? z.strictObject({})
  const contract: Contract = {
    noun: 'This address',
    params: z.unknown(),
    maxBytes: 1_000_000,
    idempotent: false,
    deadlineMs: 4_500,
    readQuery: (search) => query.safeParse(Object.fromEntries(search)),
    ...definition,
    query,
    body: definition.body ?? null,
  }
  const route = async (request: Request, context: { params: Promise<unknown> }): Promise<Response> => {
    const asked: Asked = { request, params: await context.params, requestId: uuidv7(), transactions: 0 }
    try {
      return finish(await answer(contract, handle as Handle, asked), asked)
    } catch (error) {
      return finish(
        error instanceof Moved ? movedTo(error.slug, asked) : problemResponse(error, asked.requestId),
        asked,
      )
    }
  }
  return Object.assign(route, { contract })
}

type Handle = (given: Given<unknown, unknown, unknown>) => Promise<Reply | Response>
type Asked = { request: Request; params: unknown; requestId: string; ctx?: Ctx; transactions: number }

class Moved extends Error {
  readonly slug: string
  constructor(slug: string) {
    super('The workspace has another address now.')
    this.slug = slug
  }
}

async function answer(contract: Contract, handle: Handle, asked: Asked): Promise<Response> {
  const { request, params, requestId } = asked
  const within = timeLimit(contract.deadlineMs, asked)
  refuseKeyInAddress(new URL(request.url).searchParams)
  const inWorkspace = contract.action === null ? nowhere : await within(admit(contract, asked))
  const check = () => (contract.action === null ? Promise.resolve() : within(inWorkspace(async () => undefined)))
  // Rights come before contents, and nobody's upload is awaited inside a transaction.
  const early = contract.body !== null
  if (early) await check()
  const read = await readRequest(contract, request, params).catch(async (error: unknown): Promise<Read> => {
    if (!early) await check()
    throw error
  })
  const verify = async () => {
    const enter = await admit(contract, { ...asked }, { again: true })
    await enter(async () => undefined)
  }
  const reply = await within(handle({ ...read, request, requestId, inWorkspace, verify }))
  // A route that needs nothing from the database is no less closed.
  if (!asked.ctx) await check()
  return reply instanceof Response ? reply : toResponse(reply)
}

/** The workspace in the path, entered as whoever asks, and only if the route's action is theirs. */
async function admit({ action }: Contract, asked: Asked, options?: { again: boolean }): Promise<InWorkspace> {
  // Of any length: whether there is such a workspace is said only to whoever may know.
  const { workspace: slugOrId } = anyWorkspace.parse(asked.params)
  const { method, headers } = asked.request
  const identity = await identify(headers, options)
  if (identity.kind === 'user' && method !== 'GET' && method !== 'HEAD') requireOwnOrigin(headers)
  const enter = entrance(identity, slugOrId, asked.requestId)
  return async (work) => {
    const before = asked.transactions
    try {
      return await enter(async (ctx, workspace) => {
        asked.transactions += 1
        asked.ctx = ctx
        if (slugOrId !== workspace.slug && slugOrId.toLowerCase() !== workspace.id) throw new Moved(workspace.slug)
        if (action) requireAccess(ctx, action)
        return work(ctx, workspace)
      })
    } finally {
      asked.transactions = before
    }
  }
}

function nowhere(): Promise<never> {
  throw new Error('A public route has no workspace.')
}

/**
 * Whoever waits for the database longer than this in sum is told that it is busy. Work that has its transaction goes on:
 * the database bounds it, and an answer that says what became of it is better than one that does not.
 */
function timeLimit(limitMs: number, asked: Asked): <Result>(work: Promise<Result>) => Promise<Result> {
  let remainingMs = limitMs
  return async (work) => {
    const startedAt = performance.now()
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<never>((_, reject) => {
      const look = () => {
        if (asked.transactions > 0) timer = setTimeout(look, 50)
        else reject(new Overdue('The time limit of this address was reached.'))
      }
      timer = setTimeout(look, remainingMs)
    })
    try {
      return await Promise.race([work, late])
    } finally {
      clearTimeout(timer)
      work.catch(() => undefined)
      remainingMs = Math.max(0, remainingMs - (performance.now() - startedAt))
    }
  }
}

function toResponse({ status, body, headers }: Reply): Response {
  if (body === undefined) return new Response(null, { status, headers })
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })
}

function movedTo(slug: string, { request }: Asked): Response {
  const { pathname, search } = new URL(request.url)
  const location = pathname.replace(/^(\/api\/v1\/workspaces|\/w)\/[^/]+/, `$1/${slug}`) + search
  return new Response(null, { status: 308, headers: { Location: location } })
}

function finish(response: Response, { request, requestId, ctx }: Asked): Response {
  response.headers.set('X-Request-Id', requestId)
  response.headers.set('X-Content-Type-Options', 'nosniff')
  if (!response.headers.has('Cache-Control')) response.headers.set('Cache-Control', 'private, no-store')
  if (!response.headers.has('Content-Security-Policy'))
    response.headers.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'")
  noteUse(ctx, request.headers, response.status)
  return response
}
