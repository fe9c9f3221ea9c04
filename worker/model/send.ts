// One HTTP exchange with the endpoint through the openai package, which never retries here: the queue does that.
import { APIConnectionError, APIError, OpenAI } from 'openai'
import type { ModelSettings } from '#lib/env.ts'
import { AnswerLate, AnswerTooLarge, boundedFetch, type FetchLimits } from './bounded-fetch.ts'
import { readError } from './answer.ts'
import { openDeadline } from './deadline.ts'
import { badResponse, type ErrorReply, ProviderError, timedOut, tooLarge, unreachable } from './errors.ts'
import type { requestBody } from './manner.ts'
import { redact } from './redact.ts'
import { retryAfterMs } from './retry-after.ts'

export type Endpoint = {
  client: OpenAI
  provider: string
  host: string
  model: string
  redact: (text: string) => string
}

export type Exchange =
  | { kind: 'reply'; body: string; requestId: string | undefined }
  | { kind: 'error'; reply: ErrorReply }
  | { kind: 'broken'; error: ProviderError; isUnknown: boolean; raw?: string }
  | { kind: 'aborted' }

const OPENAI_URL = 'https://api.openai.com/v1'

export function openEndpoint(settings: ModelSettings, limits: FetchLimits): Endpoint {
  const provider = providerName(settings.endpointHost)
  const client = new OpenAI({
    apiKey: settings.apiKey,
    adminAPIKey: null,
    baseURL: settings.baseURL ?? OPENAI_URL,
    ...(provider === 'openai' ? {} : { organization: null, project: null }),
    maxRetries: 0,
    // Our own limits end a call; this one must only never come first.
    timeout: 3_600_000,
    fetch: boundedFetch(limits),
    logLevel: 'off',
  })
  const host = settings.endpointHost
  return { client, provider, host, model: settings.model, redact: (text) => redact(text, settings.apiKey) }
}

/** Sends one completion; every ending is a value, none is thrown. */
export async function send(
  endpoint: Endpoint,
  body: ReturnType<typeof requestBody>,
  options: { signal: AbortSignal; remainingMs: number; callId: string },
): Promise<Exchange> {
  const total = openDeadline(options.signal, options.remainingMs, () => new OutOfTime())
  try {
    const response = await endpoint.client.chat.completions
      .create(body, {
        signal: total.signal,
        headers: { 'X-Client-Request-Id': options.callId },
      })
      .asResponse()
    return { kind: 'reply', body: await response.text(), requestId: requestIdOf(response.headers) }
  } catch (error) {
    if (options.signal.aborted) return { kind: 'aborted' }
    if (total.signal.reason instanceof OutOfTime) return late(endpoint, options.remainingMs)
    return readFailure(endpoint, error)
  } finally {
    total.done()
  }
}

class OutOfTime extends Error {}

export function readFailure(endpoint: Endpoint, error: unknown): Exchange {
  const { host } = endpoint
  if (error instanceof APIConnectionError) {
    const cause = error.cause
    if (cause instanceof AnswerLate) return late(endpoint, cause.ms, cause.afterBytes)
    if (cause instanceof AnswerTooLarge)
      return {
        kind: 'broken',
        error: tooLarge(host, cause.limitBytes),
        isUnknown: true,
        raw: endpoint.redact(cause.start),
      }
    const code = networkCode(cause)
    return { kind: 'broken', error: unreachable(host, NETWORK_REASONS[code] ?? code), isUnknown: !UNSENT.test(code) }
  }
  if (error instanceof APIError && error.status !== undefined) {
    const { status, headers } = error
    const requestId = headers ? requestIdOf(headers) : undefined
    if (status < 400)
      return { kind: 'broken', error: badResponse(host, `with a redirect (${status})`, requestId), isUnknown: false }
    // The package keeps the body's `error`, or no body at all when it was not JSON.
    const { code, detail } = readError(error.error ?? error.message)
    return {
      kind: 'error',
      reply: {
        status,
        code,
        detail: endpoint.redact(detail),
        requestId,
        retryAfterMs: headers && retryAfterMs(headers),
      },
    }
  }
  throw error
}

function late(endpoint: Endpoint, ms: number, afterBytes = 0): Exchange {
  const what = afterBytes > 0 ? 'stopped in the middle of its answer and did not go on' : 'did not answer'
  return { kind: 'broken', error: timedOut(endpoint.host, what, ms), isUnknown: true }
}

export function requestIdOf(headers: Headers): string | undefined {
  const id = headers.get('x-request-id') ?? headers.get('apim-request-id') ?? headers.get('request-id')
  return id ? id.slice(0, 200) : undefined
}

function providerName(host: string): string {
  if (host === 'api.openai.com') return 'openai'
  return /\.(openai\.azure\.com|services\.ai\.azure\.com|cognitiveservices\.azure\.com)$/.test(host)
    ? 'azure'
    : 'openai-compatible'
}

/** `fetch failed` hides the reason one or two causes deep. */
function networkCode(cause: unknown): string {
  let words = 'unknown reason'
  for (let error = cause, depth = 0; error instanceof Error && depth < 4; error = error.cause, depth += 1) {
    if ('code' in error && typeof error.code === 'string') return error.code
    if (error instanceof AggregateError && error.errors[0] !== error) return networkCode(error.errors[0])
    words = error.message
  }
  return words
}

const NETWORK_REASONS: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its name is unknown',
  EAI_AGAIN: 'its name could not be looked up',
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  UND_ERR_CONNECT_TIMEOUT: 'no connection within 10 s',
  EHOSTUNREACH: 'no route to it',
  ENETUNREACH: 'no route to it',
}
/** Failures before a request can have left this machine. */
const UNSENT = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|EHOSTUNREACH|ENETUNREACH|bad port)$|CERT|TLS/
