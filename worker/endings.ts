// How attempts end: completed, blocked, back to the queue, or failed for good.
import { ZodError } from 'zod'
import { databaseFault } from '#lib/db/faults.ts'
import { NotFound } from '#lib/errors.ts'
import type { ClaimedTask } from '#lib/queue/claim.ts'
import { formatMoney } from '#lib/money.ts'
import type { Ending } from '#lib/queue/settle.ts'
import { OverBudget } from '#lib/tasks/ledger.ts'
import { type BlockReason, MAX_ATTEMPTS, type TaskError } from '#lib/tasks/states.ts'
import { repairText } from '#lib/text.ts'
import type { ResultInfo } from '#lib/workers/define.ts'
import { LocalEngineError } from './local/errors.ts'
import { type FailureKind, ProviderError } from './model/errors.ts'
import { TimedOut } from './stop-reasons.ts'

export type Backoff = { backoffMs: number; maxBackoffMs: number }

export function completedEnding(result: unknown, info: ResultInfo): Ending {
  return {
    status: 'completed',
    outcome: 'completed',
    event: 'completed',
    counted: true,
    result: JSON.stringify(result),
    info: JSON.stringify(info),
    data: { engine: info.engine.kind },
  }
}

export function blockedEnding(reason: BlockReason, partial?: Record<string, unknown>, info?: ResultInfo): Ending {
  return {
    status: 'blocked',
    outcome: 'blocked',
    event: 'blocked',
    counted: false,
    reason,
    ...(partial ? { partial: JSON.stringify(partial) } : {}),
    ...(info ? { info: JSON.stringify(info) } : {}),
    data: { reason },
  }
}

/** The process stops: the task waits again as if it had not been claimed. */
export function returnedEnding(): Ending {
  return { status: 'pending', outcome: 'drained', event: 'requeued', counted: false, data: { why: 'drained' } }
}

/** Comes when the signal does: a worker that ignores it does not hold its slot. */
export function stoppedEnding(signal: AbortSignal): Promise<Ending> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(returnedEnding())
    else signal.addEventListener('abort', () => resolve(returnedEnding()), { once: true })
  })
}

/** The lease was lost before the task began. */
export function handedBackEnding(): Ending {
  return { status: 'pending', outcome: 'lost', event: 'requeued', counted: false, data: { why: 'lease_lost' } }
}

/** The call was not made, so nothing was charged for it. */
function overBudgetEnding({ model, endpointHost, neededMicros }: OverBudget): Ending {
  const error: TaskError =
    neededMicros === null
      ? {
          code: 'budget_unpriced',
          message: `${model} has no price, so nobody can say whether its calls keep to the budget.`,
          advice: 'It goes on by itself once the model has a price or the budget allows calls without one.',
        }
      : {
          code: 'budget_reached',
          message: `The next call may cost up to ${formatMoney(neededMicros)}, and the budget has less left.`,
          advice:
            'It goes on by itself once the cap is raised or other calls leave enough of what was set aside for them.',
        }
  const data = { reason: 'budget', code: error.code, model, endpointHost, neededMicros }
  return { ...blockedEnding('budget'), error: cleaned(error), data }
}

export function failureEnding(task: ClaimedTask, cause: unknown, backoff: Backoff): Ending {
  if (cause instanceof OverBudget) return overBudgetEnding(cause)
  const { error, kind, retryAfterMs } = describe(cause)
  const data = { code: error.code }
  if (kind === 'blocked')
    return {
      status: 'blocked',
      outcome: 'blocked',
      event: 'blocked',
      counted: false,
      reason: 'provider',
      error,
      data: { ...data, reason: 'provider' },
    }
  if (kind === 'rate_limited') {
    const delayMs = Math.round(retryAfterMs ?? jittered(task.attemptsUsed, backoff))
    return {
      status: 'pending',
      outcome: 'rate_limited',
      event: 'retry_scheduled',
      counted: false,
      error,
      delayMs,
      data: { ...data, delayMs },
    }
  }
  if (kind === 'database') {
    const delayMs = Math.round(jittered(task.attemptsUsed, backoff))
    return {
      status: 'pending',
      outcome: 'drained',
      event: 'retry_scheduled',
      counted: false,
      error,
      delayMs,
      data: { ...data, delayMs },
    }
  }
  const used = task.attemptsUsed + 1
  if (kind === 'permanent' || used >= (task.limits?.attempts ?? MAX_ATTEMPTS))
    return {
      status: 'failed',
      outcome: 'failed',
      event: 'failed',
      counted: true,
      error,
      data: { ...data, attempt: used },
    }
  const delayMs = Math.round(Math.max(retryAfterMs ?? 0, jittered(task.attemptsUsed, backoff)))
  return {
    status: 'pending',
    outcome: 'failed',
    event: 'retry_scheduled',
    counted: true,
    error,
    delayMs,
    data: { ...data, attempt: used, delayMs },
  }
}

/** Written in place of an ending that the database refused. */
export function unstorableEnding(): Ending {
  const error: TaskError = {
    code: 'result_not_storable',
    message: 'The result could not be stored.',
    advice: 'Retry the task. If it happens again, report the id of the task to the operator.',
  }
  return { status: 'failed', outcome: 'failed', event: 'failed', counted: true, error, data: { code: error.code } }
}

/** Full jitter below a ceiling that doubles with every attempt. */
function jittered(attemptsUsed: number, { backoffMs, maxBackoffMs }: Backoff): number {
  return Math.random() * Math.min(maxBackoffMs, backoffMs * 2 ** attemptsUsed)
}

type Described = { error: TaskError; kind: FailureKind | 'database'; retryAfterMs?: number }

function describe(cause: unknown): Described {
  if (cause instanceof ProviderError)
    return { error: cleaned(cause.error), kind: cause.kind, retryAfterMs: cause.retryAfterMs }
  if (cause instanceof LocalEngineError) return { error: cleaned(cause.error), kind: cause.kind }
  if (cause instanceof TimedOut)
    return {
      kind: 'retryable',
      error: {
        code: 'timeout',
        message: cause.message,
        advice: 'It is tried again by itself. A shorter text or a faster model helps if this repeats.',
      },
    }
  if (cause instanceof NotFound)
    return {
      kind: 'permanent',
      error: {
        code: 'unknown_worker',
        message: 'This version of Baton has no such worker.',
        advice: 'Submit the text to another worker, or start a version that has it.',
      },
    }
  if (cause instanceof ZodError)
    return {
      kind: 'permanent',
      error: cleaned({
        code: 'invalid_form',
        message: `Input or result does not have the form that the worker needs: ${cause.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`,
        advice: 'Use "Edit and replay" to submit it again with today’s options.',
      }),
    }
  if (databaseFault(cause))
    return {
      kind: 'database',
      error: {
        code: 'database_unavailable',
        message: 'The database could not be reached while the task ran.',
        advice: 'Nothing to do: the task is tried again by itself, and this attempt does not count.',
      },
    }
  return {
    kind: 'retryable',
    error: cleaned({
      code: 'internal_error',
      message: messageOf(cause),
      advice: 'It is tried again by itself. If it fails for good, the worker’s log tells more.',
    }),
  }
}

const MAX_MESSAGE = 2_000

/** One NUL would make Postgres refuse the error and with it the ending. */
function cleaned(error: TaskError): TaskError {
  const text = (value: string) => repairText(value.slice(0, MAX_MESSAGE)).text
  return {
    code: text(error.code),
    message: text(error.message),
    ...(error.advice === undefined ? {} : { advice: text(error.advice) }),
    ...(error.requestId === undefined ? {} : { requestId: text(error.requestId) }),
  }
}

/** Not that of a failed query, which holds its values. */
function messageOf(cause: unknown): string {
  for (let error = cause, depth = 0; error instanceof Error && depth < 5; error = error.cause, depth += 1)
    if ('query' in error) return 'A query of the worker failed.'
  return cause instanceof Error ? cause.message : String(cause)
}
