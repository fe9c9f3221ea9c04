// The one list of states, reasons, priorities and engines: used by tables, queries, forms, pages and tests.

export const STATUSES = ['pending', 'in_progress', 'blocked', 'completed', 'failed', 'cancelled'] as const
export type Status = (typeof STATUSES)[number]

export const STATUS_TITLES: Record<Status, string> = {
  pending: 'Pending',
  in_progress: 'In progress',
  blocked: 'Blocked',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

export const TERMINAL_STATUSES = ['completed', 'failed', 'cancelled'] as const satisfies readonly Status[]

export function isTerminal(status: Status): boolean {
  return (TERMINAL_STATUSES as readonly Status[]).includes(status)
}

/** Why a blocked task waits. It has no live ticket, costs nothing and goes on when that arrives. */
export const BLOCK_REASONS = ['needs_model', 'provider', 'budget', 'paused'] as const
export type BlockReason = (typeof BLOCK_REASONS)[number]

export const BLOCK_REASON_TITLES: Record<BlockReason, string> = {
  needs_model: 'Needs a connected model',
  provider: 'The model provider refuses work',
  budget: 'The budget has no room for its next call',
  paused: 'Its batch is paused',
}

/** In place of "Blocked". */
export const BLOCK_REASON_WORDS: Record<BlockReason, string> = {
  needs_model: 'Needs model',
  provider: 'Provider refuses',
  budget: 'Over budget',
  paused: 'Paused',
}

export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const
export type Priority = (typeof PRIORITIES)[number]

export const ENGINES = ['auto', 'rules', 'model'] as const
export type Engine = (typeof ENGINES)[number]

/** How an attempt ended; null while it runs. */
export const ATTEMPT_OUTCOMES = [
  'completed',
  'failed',
  'blocked',
  'cancelled',
  'rate_limited',
  'drained',
  'lost',
] as const
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number]

/** Outcomes that used up one of the task's attempts; rate limits, drains and lost leases do not. */
export const COUNTED_OUTCOMES = ['completed', 'failed'] as const satisfies readonly AttemptOutcome[]

export const CALL_STATES = ['sent', 'settled', 'failed', 'unknown'] as const
export type CallState = (typeof CALL_STATES)[number]

export const EVENT_TYPES = [
  'submitted',
  'started',
  'called',
  'retry_scheduled',
  'requeued',
  'blocked',
  'unblocked',
  'completed',
  'failed',
  'cancelled',
  'retried',
] as const
export type EventType = (typeof EVENT_TYPES)[number]

/** Attempts that may end through the task or its provider before the task fails. */
export const MAX_ATTEMPTS = 5

/** Of one task, where they differ from those of its worker; `context` says what its text is a part of. */
export type TaskLimits = { attempts?: number; timeoutMs?: number; model?: string; context?: string }

export type TaskError = {
  /** Stable, snake_case, for filters and groups. */
  code: string
  message: string
  /** What the person can do now. */
  advice?: string
  requestId?: string
}
