// One call to a URL that a person gave. The address is looked at as it is written, as it is resolved, and as it is
// dialled; redirects are not followed; neither time nor size is the other side's to choose.
import { lookup as resolveName } from 'node:dns'
import type { LookupAddress } from 'node:dns'
import type { Agent } from 'undici'
import { addressProblem, type AllowList, readAllowList } from './address.ts'
import { env } from '#lib/env.ts'
import type { CallError, Outcome } from './outcome.ts'
import { ADVICE, readTarget, type Target } from './target.ts'

type Resolve = (host: string) => Promise<LookupAddress[]>

export type CallOptions = {
  url: string
  headers: Record<string, string>
  body: string
  allow?: AllowList
  timeoutMs?: number
  resolve?: Resolve
  signal?: AbortSignal
}

const TIMEOUT_MS = 10_000
const CONNECT_MS = 5_000
/** More of an answer is not read. */
const MAX_ANSWER_BYTES = 64_000
const MAX_HEADER_BYTES = 16_000

export async function callOut(options: CallOptions): Promise<Outcome> {
  const { url, headers, body, timeoutMs = TIMEOUT_MS, allow = readAllowList(env().BATON_OUTBOUND_ALLOW) } = options
  const startedAt = performance.now()
  const outcome = (given: Partial<Outcome>): Outcome => ({
    status: null,
    error: null,
    retryAfterMs: null,
    ...given,
    ms: Math.round(performance.now() - startedAt),
  })
  const target = readTarget(url, allow)
  if ('problem' in target) return outcome({ error: { code: 'ssrf_blocked', message: target.problem } })
  const undici = await loadUndici()
  const agent = guardedAgent(undici, target, allow, options.resolve ?? resolveAll)
  const limit = AbortSignal.timeout(timeoutMs)
  const signal = options.signal ? AbortSignal.any([limit, options.signal]) : limit
  try {
    const answer = await undici.request(target.url, { dispatcher: agent, method: 'POST', headers, body, signal })
    const { statusCode: status } = answer
    await answer.body.dump({ limit: MAX_ANSWER_BYTES, signal })
    return outcome({ status, error: errorOf(status), retryAfterMs: retryAfter(answer.headers['retry-after']) })
  } catch (error) {
    options.signal?.throwIfAborted()
    return outcome({ error: limit.aborted ? timedOut(timeoutMs) : failed(error) })
  } finally {
    await agent.destroy()
  }
}

type Undici = typeof import('undici')

/** Thirty megabytes that a process without calls does without. */
function loadUndici(): Promise<Undici> {
  return import('undici')
}

/** Nobody but this call uses it: no connection outlives the check of its address. */
function guardedAgent(undici: Undici, target: Target, allow: AllowList, resolve: Resolve): Agent {
  const asked = { host: target.host, port: target.port, allow }
  const connect = undici.buildConnector({
    timeout: CONNECT_MS,
    allowH2: false,
    lookup: (_, { all }, answer) => {
      vetted(resolve, asked).then(
        (addresses) => {
          const [first] = addresses
          if (all) answer(null, addresses)
          else answer(null, first?.address ?? '', first?.family)
        },
        (error: unknown) => answer(error as Error, []),
      )
    },
  })
  return new undici.Agent({
    maxHeaderSize: MAX_HEADER_BYTES,
    connect: (options, done) =>
      connect(options, (...[error, socket]) => {
        if (error) return done(error, null)
        const problem = addressProblem(socket.remoteAddress ?? '', asked)
        if (problem === null) return done(null, socket)
        socket.destroy()
        return done(new Blocked(target.host, problem), null)
      }),
  })
}

/** All of them: a name that has one public address and one private one is no public name. */
async function vetted(
  resolve: Resolve,
  asked: { host: string; port: number; allow: AllowList },
): Promise<LookupAddress[]> {
  const addresses = await resolve(asked.host)
  for (const { address } of addresses) {
    const problem = addressProblem(address, asked)
    if (problem !== null) throw new Blocked(asked.host, `${address}: ${problem}`)
  }
  return addresses
}

class Blocked extends Error {
  constructor(host: string, why: string) {
    super(`Calls may not go to ${host}: ${why}.${ADVICE}`)
    this.name = 'Blocked'
  }
}

function resolveAll(host: string): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    resolveName(host, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)))
  })
}

function errorOf(status: number): CallError | null {
  if (status >= 200 && status < 300) return null
  if (status >= 300 && status < 400)
    return { code: 'redirected', message: `It answered with a redirect (${status}), which is not followed.` }
  return { code: 'refused', message: `It answered ${status}.` }
}

function timedOut(timeoutMs: number): CallError {
  return { code: 'timed_out', message: `It did not answer within ${timeoutMs / 1000} s.` }
}

const REASONS: Record<string, string> = {
  ENOTFOUND: 'Its name was not found.',
  EAI_AGAIN: 'Its name could not be looked up just now.',
  ECONNREFUSED: 'Nothing listens there.',
  ECONNRESET: 'It broke the connection off.',
  EHOSTUNREACH: 'There is no way to it.',
  ENETUNREACH: 'There is no way to its network.',
  UND_ERR_SOCKET: 'It broke the connection off.',
  UND_ERR_HEADERS_OVERFLOW: 'The head of its answer was too long.',
}

function failed(error: unknown): CallError {
  const blocked = blockedIn(error)
  if (blocked) return { code: 'ssrf_blocked', message: blocked.message }
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (code.includes('TIMEOUT')) return { code: 'timed_out', message: 'No connection came about in time.' }
  return {
    code: 'unreachable',
    message: REASONS[code] ?? `It could not be reached (${code || message.slice(0, 200)}).`,
  }
}

/** A failed attempt at several addresses holds the errors of all. */
function blockedIn(error: unknown): Blocked | null {
  if (error instanceof Blocked) return error
  if (error instanceof AggregateError) return error.errors.map(blockedIn).find((found) => found !== null) ?? null
  return error instanceof Error && error.cause !== undefined ? blockedIn(error.cause) : null
}

const MAX_RETRY_AFTER_MS = 3_600_000

function retryAfter(value: string | string[] | undefined): number | null {
  if (typeof value !== 'string') return null
  const seconds = Number(value)
  const ms = Number.isFinite(seconds) ? seconds * 1000 : new Date(value).getTime() - Date.now()
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, MAX_RETRY_AFTER_MS) : null
}
