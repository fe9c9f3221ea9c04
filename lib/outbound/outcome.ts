// What comes of a call. Pure.
export const CALL_ERRORS = ['ssrf_blocked', 'redirected', 'refused', 'timed_out', 'unreachable'] as const
export type CallError = { code: (typeof CALL_ERRORS)[number]; message: string }

export type Outcome = {
  /** Null when there was no answer. */
  status: number | null
  ms: number
  error: CallError | null
  /** From `Retry-After`, where it was given. */
  retryAfterMs: number | null
}
