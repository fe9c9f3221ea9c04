// The one place where what a verb throws becomes an HTTP answer (RFC 9457, application/problem+json).
import { databaseFault } from '#lib/db/faults.ts'
import {
  Conflict,
  DomainError,
  type FieldIssue,
  Forbidden,
  InvalidInput,
  MethodNotAllowed,
  NotFound,
  RateLimited,
  TooLarge,
  Unauthenticated,
  UnsupportedMedia,
} from '#lib/errors.ts'

export type Problem = {
  /** Stable name of the kind of problem, as a URN. */
  type: string
  title: string
  status: number
  /** What happened and why, in a sentence. */
  detail: string
  /** Stable, snake_case, for programs. */
  code: string
  /** What to do next. */
  advice?: string
  issues?: FieldIssue[]
  /** Name it when asking for help; the log has it too. */
  requestId: string
}

type Known = Omit<Problem, 'type' | 'requestId'> & { retryAfterSeconds?: number }

export function problemResponse(error: unknown, requestId: string): Response {
  const { retryAfterSeconds, ...known } = knownProblem(error)
  if (known.status >= 500) report(error, known.status, requestId)
  const problem: Problem = { type: `urn:baton:problem:${known.code}`, ...known, requestId }
  const headers = new Headers({ 'Content-Type': 'application/problem+json' })
  if (retryAfterSeconds !== undefined) headers.set('Retry-After', String(retryAfterSeconds))
  if (known.status === 401) headers.set('WWW-Authenticate', 'Bearer')
  return new Response(JSON.stringify(problem), { status: known.status, headers })
}

/** The work took longer than a caller should wait for; it may still have been done. */
export class Overdue extends Error {}

function knownProblem(error: unknown): Known {
  if (error instanceof DomainError) return domainProblem(error)
  const fault = error instanceof Overdue ? 'busy' : databaseFault(error)
  if (fault === 'full')
    return {
      title: 'No space left',
      status: 507,
      detail: 'The database has no space left, so nothing was stored.',
      code: 'storage_full',
      advice: 'Free some space on the database server, then send the request again.',
    }
  if (fault)
    return {
      title: 'Temporarily unavailable',
      status: 503,
      detail:
        fault === 'busy'
          ? 'The database is too busy to answer in time.'
          : 'The database cannot be reached at the moment.',
      code: fault === 'busy' ? 'busy' : 'database_unavailable',
      advice:
        'Send the request again in a few seconds. With the same Idempotency-Key a task is accepted once, however often it is sent.',
      retryAfterSeconds: fault === 'busy' ? 2 : 5,
    }
  return {
    title: 'Internal error',
    status: 500,
    detail: 'Something went wrong on our side. The request was not completed.',
    code: 'internal_error',
    advice: 'Try again. If it happens again, look for the request id in the log of the web process.',
  }
}

function domainProblem(error: DomainError): Known {
  const problem = { detail: error.message, code: error.code }
  if (error instanceof InvalidInput)
    return {
      ...problem,
      title: error.status === 400 ? 'Malformed request' : 'Invalid input',
      status: error.status,
      issues: error.issues,
      advice: 'Correct the fields named in "issues" and send the request again.',
    }
  if (error instanceof Unauthenticated)
    return { ...problem, title: 'Not signed in', status: 401, advice: 'Sign in, or send "Authorization: Bearer bt_…".' }
  if (error instanceof Forbidden) return { ...problem, title: 'Not allowed', status: 403 }
  if (error instanceof NotFound)
    return { ...problem, title: 'Not found', status: 404, advice: 'Check the address, the id and the workspace in it.' }
  if (error instanceof Conflict)
    return { ...problem, title: 'Conflict', status: 409, advice: 'Read its current state, then decide again.' }
  if (error instanceof TooLarge)
    return { ...problem, title: 'Too large', status: 413, advice: 'Send less, or in several requests.' }
  if (error instanceof UnsupportedMedia) return { ...problem, title: 'Unsupported form of body', status: 415 }
  if (error instanceof MethodNotAllowed) return { ...problem, title: 'Method not allowed', status: 405 }
  if (error instanceof RateLimited)
    return {
      ...problem,
      title: 'Too many requests',
      status: 429,
      retryAfterSeconds: Math.max(1, Math.ceil(error.retryAfterMs / 1000)),
    }
  return { ...problem, title: 'Refused', status: 400 }
}

/** Never the message of a failed query, which holds its parameters: texts and secrets among them. */
export function report(error: unknown, status: number, requestId: string, event = 'request_failed'): void {
  const causes: string[] = []
  for (let cause = error; cause instanceof Error && causes.length < 5; cause = cause.cause)
    causes.push('query' in cause ? `${cause.name}: a query failed` : `${cause.name}: ${cause.message}`)
  const where =
    error instanceof Error && status === 500
      ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
      : []
  console.error(
    JSON.stringify({
      level: status === 500 ? 'error' : 'warn',
      event,
      status,
      requestId,
      causes,
      where,
    }),
  )
}
