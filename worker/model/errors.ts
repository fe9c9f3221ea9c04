// Every way a model call can fail, with what it means for the task and what a person can do about it.
import type { TaskError } from '#lib/tasks/states.ts'

/**
 * `permanent`: the same request would fail again. `retryable`: another attempt may succeed and counts.
 * `rate_limited`: wait `retryAfterMs`, not counted. `blocked`: nothing works until a person changes something.
 */
export type FailureKind = 'permanent' | 'retryable' | 'rate_limited' | 'blocked'

export class ProviderError extends Error {
  readonly kind: FailureKind
  readonly error: TaskError
  readonly retryAfterMs: number | undefined
  constructor(kind: FailureKind, error: TaskError, retryAfterMs?: number) {
    super(error.message)
    this.name = 'ProviderError'
    this.kind = kind
    this.error = error
    this.retryAfterMs = retryAfterMs
  }
}

export type ErrorReply = {
  status: number
  code: string
  /** The provider's own words, shortened and without secrets. */
  detail: string
  requestId?: string
  retryAfterMs?: number
}

/** What an error answer of the provider means. `host` names it in the message. */
export function fromReply(reply: ErrorReply, { host, model }: { host: string; model: string }): ProviderError {
  const { status, code, detail, requestId, retryAfterMs } = reply
  const fail = (kind: FailureKind, error: TaskError, wait?: number) =>
    new ProviderError(kind, { ...error, ...(requestId ? { requestId } : {}) }, wait)
  const said = detail ? ` It said: ${detail}` : ''

  if (status === 402 || OUT_OF_FUNDS.test(`${code} ${status === 429 ? detail : ''}`))
    return fail('blocked', {
      code: 'provider_quota',
      message: `The account at ${host} has no credit left.${said}`,
      advice: 'Add credit or raise the limit at the provider, then unblock the task.',
    })
  if (status === 429)
    return fail(
      'rate_limited',
      {
        code: 'rate_limited',
        message: `${host} limits how often it may be asked.${said}`,
        advice: 'Nothing to do: the task goes on by itself when the limit allows.',
      },
      retryAfterMs,
    )
  if (status === 401 || status === 403)
    return fail('blocked', {
      code: 'provider_auth',
      message: `${host} refused the API key (${status}).${said}`,
      advice: 'Set a valid OPENAI_API_KEY, restart, then unblock the task.',
    })
  if (status === 404)
    return fail('blocked', {
      code: 'model_not_found',
      message: `${host} does not offer the model ${model} at this address.${said}`,
      advice: 'Check OPENAI_MODEL and OPENAI_BASE_URL (it usually ends in /v1), then unblock the task.',
    })
  if (/context_length|context_window|too_long/.test(code) || CONTEXT_FULL.test(detail))
    return fail('permanent', {
      code: 'context_too_long',
      message: `The text does not fit into the context of ${model}.${said}`,
      advice: 'Shorten the text, split it into several tasks, or use a model with a larger context.',
    })
  if (/content_filter|content_policy|ResponsibleAI/i.test(code)) return fail('permanent', filtered(host))
  if (status >= 500 || status === 408 || status === 409 || status === 425)
    return fail(
      'retryable',
      {
        code: 'provider_unavailable',
        message: `${host} had a fault (${status}).${said}`,
        advice: 'Nothing to do: the task is tried again by itself.',
      },
      retryAfterMs,
    )
  return fail('permanent', {
    code: 'provider_rejected',
    message: `${host} rejected the request (${status}).${said}`,
    advice: 'Check the base URL and the model; its message above says what it did not accept.',
  })
}

const OUT_OF_FUNDS = /insufficient_quota|billing|credit balance|payment_required|exceeded your current quota/i
const CONTEXT_FULL = /context (length|window|size)|maximum context|prompt is too long|too many tokens/i

/** The connection failed before or during the exchange. */
export function unreachable(host: string, reason: string): ProviderError {
  return new ProviderError('retryable', {
    code: 'provider_unreachable',
    message: `${host} could not be reached (${reason}).`,
    advice: 'Check that the server runs and that OPENAI_BASE_URL is right. The task is tried again by itself.',
  })
}

export function timedOut(host: string, what: string, ms: number): ProviderError {
  return new ProviderError('retryable', {
    code: 'provider_timeout',
    message: `${host} ${what} within ${ms >= 1000 ? `${Math.round(ms / 1000)} s` : `${ms} ms`}.`,
    advice: 'The task is tried again by itself. If this repeats, use a faster model or a shorter text.',
  })
}

export function badResponse(host: string, what: string, requestId?: string): ProviderError {
  return new ProviderError('retryable', {
    code: 'provider_bad_response',
    message: `${host} answered, but ${what}.`,
    advice: 'Check that OPENAI_BASE_URL leads to an OpenAI-compatible API (it usually ends in /v1).',
    ...(requestId ? { requestId } : {}),
  })
}

export function tooLarge(host: string, limitBytes: number): ProviderError {
  return new ProviderError('permanent', {
    code: 'answer_too_large',
    message: `${host} sent more than ${Math.round(limitBytes / 1_000_000)} MB; reading stopped there.`,
    advice: 'This is not a normal answer of a model. Check the server, or use another model.',
  })
}

export function refused(words: string): TaskError {
  return {
    code: 'refused',
    message: `The model refused: ${words}`,
    advice: 'Change the text or the options, use another model, or run the task with the built-in rules.',
  }
}

export function truncated(model: string): TaskError {
  return {
    code: 'truncated',
    message: `${model} stopped before its answer was complete (length limit), so the answer was not used.`,
    advice: 'Shorten the text, ask for less, or use a model with a larger output limit.',
  }
}

export function filtered(host: string): TaskError {
  return {
    code: 'filtered',
    message: `The content filter of ${host} stopped the answer.`,
    advice: 'Change the text, or use a model whose filter allows it.',
  }
}

export function invalidOutput(model: string, problems: string): TaskError {
  return {
    code: 'invalid_output',
    message: `${model} did not answer in the form asked for, also after one correction.\n${problems}`,
    advice: 'Try again, use a larger model, or run the task with the built-in rules.',
  }
}

export function readOnlyPart(model: string, reported: number, estimate: number): TaskError {
  return {
    code: 'input_cut',
    message: `The model read only part of the text: ${model} counted ${reported} tokens, about ${estimate} were sent.`,
    advice: 'Raise the context length of the server (Ollama: OLLAMA_CONTEXT_LENGTH), or shorten the text.',
  }
}
