/** What the server refused, with its request id; `status` 0 = no answer at all. */
export class RequestFailed extends Error {
  readonly status: number
  readonly requestId: string | null
  constructor(status: number, message: string, requestId: string | null = null) {
    super(message)
    this.name = 'RequestFailed'
    this.status = status
    this.requestId = requestId
  }
}

const SIGNED_OUT = 'You are no longer signed in here. Sign in again to go on where you are.'

/** Reads JSON from an address of ours. @throws RequestFailed with a message for people. */
export async function fetchJson<Body>(url: string, signal?: AbortSignal): Promise<Body> {
  const response = await fetch(url, { signal, headers: { accept: 'application/json' } }).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw new RequestFailed(0, 'The server does not answer. What you see may be out of date.')
  })
  if (response.redirected || response.status === 401) throw new RequestFailed(401, SIGNED_OUT)
  const body: unknown = await response.json().catch(() => null)
  if (response.ok && body !== null) return body as Body
  const problem = (body ?? {}) as { detail?: string; title?: string; requestId?: string }
  throw new RequestFailed(
    response.status,
    problem.detail ?? problem.title ?? 'The server could not answer this. Try again in a moment.',
    problem.requestId ?? null,
  )
}
