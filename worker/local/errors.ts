import type { TaskError } from '#lib/tasks/states.ts'

/** Why the built-in engine gave no answer. It is deterministic, so only a lost thread is worth another attempt. */
export class LocalEngineError extends Error {
  readonly kind: 'permanent' | 'retryable'
  readonly error: TaskError
  constructor(kind: 'permanent' | 'retryable', error: TaskError, cause?: unknown) {
    super(error.message, { cause })
    this.name = 'LocalEngineError'
    this.kind = kind
    this.error = error
  }
}

export function tooSlow(deadlineMs: number): LocalEngineError {
  return new LocalEngineError('permanent', {
    code: 'engine_timeout',
    message: `The built-in engine had no answer after ${Math.round(deadlineMs / 1000)} s and was stopped.`,
    advice: 'Shorten the text or run the task with a model.',
  })
}

export function failed(details: string): LocalEngineError {
  return new LocalEngineError(
    'permanent',
    {
      code: 'engine_failed',
      message: 'The built-in engine could not work on this text.',
      advice: 'Run the task with a model. If this happens again, report it with the task’s id.',
    },
    details,
  )
}

export function threadLost(cause: unknown): LocalEngineError {
  if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY') return outOfMemory(cause)
  return new LocalEngineError(
    'retryable',
    {
      code: 'engine_lost',
      message: 'The thread of the built-in engine ended before it answered.',
      advice: 'Run the task again.',
    },
    cause,
  )
}

export function outOfMemory(cause?: unknown): LocalEngineError {
  return new LocalEngineError(
    'permanent',
    {
      code: 'resource_limit',
      message: 'The built-in engine needed more memory for this text than it may have, and was stopped.',
      advice: 'Shorten the text or run the task with a model.',
    },
    cause,
  )
}

export function closed(): LocalEngineError {
  return new LocalEngineError('retryable', {
    code: 'engine_closed',
    message: 'The built-in engine was closed before it answered.',
    advice: 'Run the task again.',
  })
}
