// One question to the provider: through the gate, down the ladder of manners, each call on the ledger before it is sent.
import type { CallEnd, CallIntent, CallLedger } from '#lib/tasks/calls.ts'
import type { TaskError } from '#lib/tasks/states.ts'
import { type Answer, readAnswer } from './answer.ts'
import { badResponse, filtered, fromReply, ProviderError, refused, timedOut, truncated } from './errors.ts'
import type { Gate } from './gate.ts'
import { type Manner, type MannerMemory, type Message, requestBody, stepDown } from './manner.ts'
import { type Endpoint, type Exchange, send } from './send.ts'
import { MOST_TOKENS, mostTokens, readUsage, type Usage } from './usage.ts'

export type Provider = { endpoint: Endpoint; gate: Gate; manners: MannerMemory; maxOutputTokens: number }

export type Session = {
  provider: Provider
  ledger: CallLedger
  signal: AbortSignal
  /** On the clock of performance.now(). */
  deadlineAt: number
  timeoutMs: number
  requestIds: string[]
}

export type Question = { messages: Message[]; schema: object; purpose: CallIntent['purpose'] }

/** An answer whose call still has to be settled, once it is known whether the answer can be used. */
export type Reply = {
  text: string
  usage: Usage
  manner: Manner
  settle: (problem?: { error: TaskError; raw: string }) => Promise<void>
}

/** @throws ProviderError, or an AbortError when the signal ended it; in both cases the calls made are settled. */
export async function ask(session: Session, question: Question): Promise<Reply> {
  const { endpoint, gate, manners } = session.provider
  let manner = { ...manners.current(), ...(question.purpose === 'repair' ? { describe: true } : {}) }
  const tried = new Set<Manner['limit']>()
  for (;;) {
    tried.add(manner.limit)
    throwIfAborted(session.signal)
    const remainingMs = session.deadlineAt - performance.now()
    if (remainingMs <= 0) throw timedOut(endpoint.host, 'did not finish', session.timeoutMs)
    const pass = gate.enter()
    let ended = false
    try {
      const { maxOutputTokens: maxTokens } = session.provider
      const body = requestBody(manner, { ...question, model: endpoint.model, maxTokens })
      const most = { inputTokens: mostTokens(body), outputTokens: manner.limit === 'none' ? MOST_TOKENS : maxTokens }
      const callId = await session.ledger.begin({ ...intent(endpoint, manner, question.purpose), most })
      const exchange = await send(endpoint, body, { signal: session.signal, remainingMs, callId })
      const outcome = judge(endpoint, { manner, tried }, JSON.stringify(body.messages), exchange)
      const error = pass.end(
        outcome.kind === 'failed' ? outcome.error : outcome.kind === 'aborted' ? 'aborted' : 'answered',
      )
      ended = true
      if (outcome.end.requestId) session.requestIds.push(outcome.end.requestId)
      const settle = (problem?: { error: TaskError; raw: string }): Promise<void> =>
        session.ledger.settle(callId, { ...outcome.end, ...problem })
      if (outcome.kind === 'answered') {
        if (question.purpose === 'first') manners.remember(manner)
        return { text: outcome.text, usage: outcome.usage, manner, settle }
      }
      await settle()
      if (outcome.kind === 'failed') throw error ?? outcome.error
      if (outcome.kind === 'aborted') throw aborted(session.signal)
      manner = outcome.next
    } finally {
      if (!ended) pass.end('aborted')
    }
  }
}

type Outcome =
  | { kind: 'answered'; text: string; usage: Usage; end: CallEnd }
  | { kind: 'failed'; error: ProviderError; end: CallEnd }
  | { kind: 'refused_manner'; next: Manner; end: CallEnd }
  | { kind: 'aborted'; end: CallEnd }

type Asked = { manner: Manner; tried: ReadonlySet<Manner['limit']> }

function judge(endpoint: Endpoint, { manner, tried }: Asked, sent: string, exchange: Exchange): Outcome {
  if (exchange.kind === 'aborted') {
    const error = { code: 'aborted', message: 'The call was stopped before its answer came.' }
    return { kind: 'aborted', end: { state: 'unknown', error } }
  }
  if (exchange.kind === 'broken') {
    const { error, isUnknown, raw } = exchange
    return failed(error, { state: isUnknown ? 'unknown' : 'failed', ...(raw ? { raw } : {}) })
  }
  const answer: Answer =
    exchange.kind === 'error' ? { kind: 'error', reply: exchange.reply } : readAnswer(exchange.body)
  if (answer.kind === 'error') {
    const own = exchange.kind === 'error' ? exchange.reply : { requestId: exchange.requestId }
    const reply = { ...own, ...answer.reply, detail: endpoint.redact(answer.reply.detail) }
    const error = fromReply(reply, endpoint)
    const end: CallEnd = {
      state: 'failed',
      error: error.error,
      ...(reply.requestId ? { requestId: reply.requestId } : {}),
    }
    const next = stepDown(manner, reply, tried)
    return next ? { kind: 'refused_manner', next, end } : { kind: 'failed', error, end }
  }
  const body = exchange.kind === 'reply' ? exchange.body : ''
  const requestId = exchange.kind === 'reply' ? exchange.requestId : undefined
  const usage = readUsage(answer.usage, sent, 'text' in answer ? answer.text : body)
  const end = { ...settledEnd(usage), ...(requestId ? { requestId } : {}) }
  if (answer.kind === 'text') return { kind: 'answered', text: answer.text, usage, end }
  const raw = endpoint.redact(body)
  if (answer.kind === 'bad')
    return failed(badResponse(endpoint.host, answer.what, requestId), { ...end, state: 'failed', raw })
  return failed(new ProviderError('permanent', { ...stopped(endpoint, answer), ...(requestId ? { requestId } : {}) }), {
    ...end,
    raw,
  })
}

function stopped(
  endpoint: Endpoint,
  answer: Extract<Answer, { kind: 'refused' | 'truncated' | 'filtered' }>,
): TaskError {
  if (answer.kind === 'refused') return refused(endpoint.redact(answer.words))
  return answer.kind === 'truncated' ? truncated(endpoint.model) : filtered(endpoint.host)
}

function failed(error: ProviderError, end: CallEnd): Outcome {
  return { kind: 'failed', error, end: { ...end, error: error.error } }
}

function settledEnd(usage: Usage): CallEnd {
  const { raw, ...counts } = usage
  return { state: 'settled', ...counts, ...(raw ? { usage: raw } : {}) }
}

function intent(endpoint: Endpoint, manner: Manner, purpose: CallIntent['purpose']): Omit<CallIntent, 'most'> {
  return { provider: endpoint.provider, model: endpoint.model, endpointHost: endpoint.host, mode: manner.mode, purpose }
}

export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw aborted(signal)
}

function aborted(signal: AbortSignal): Error {
  return Object.assign(new Error('The work was stopped.', { cause: signal.reason }), { name: 'AbortError' })
}
