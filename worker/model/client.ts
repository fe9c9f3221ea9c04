// The model as the worker process has it: opened once, so that its rate limits, faults and manner of asking are known to
// every task. Each answer is validated here and never trusted.
import { z } from 'zod'
import type { ModelSettings } from '#lib/env.ts'
import { repairJson } from '#lib/text.ts'
import type { CallLedger } from '#lib/tasks/calls.ts'
import { OverBudget } from '#lib/tasks/ledger.ts'
import type { TaskError } from '#lib/tasks/states.ts'
import type { GenerateRequest, Model } from '#lib/workers/define.ts'
import { locateEvidence } from '#lib/workers/evidence.ts'
import { extractJson } from './answer.ts'
import { answerSchema, withoutUnknownKeys } from './answer-schema.ts'
import { ask, type Provider, type Reply, type Session } from './ask.ts'
import { fromReply, invalidOutput, ProviderError, readOnlyPart } from './errors.ts'
import { GATE_LIMITS, type GateLimits, openGate } from './gate.ts'
import { firstManner, type Message, openMannerMemory } from './manner.ts'
import { openEndpoint, readFailure } from './send.ts'
import { estimateTokens, wasCut } from './usage.ts'

export type ModelLimits = GateLimits & {
  /** Defaults to the attempt's own limit, as an answer that is not streamed begins when it is complete. */
  firstByteMs: number
  idleMs: number
  maxAnswerBytes: number
  maxOutputTokens: number
  /** How long a manner of asking that worked is remembered. */
  mannerTtlMs: number
}

export const MODEL_LIMITS: ModelLimits = {
  ...GATE_LIMITS,
  firstByteMs: 600_000,
  idleMs: 30_000,
  maxAnswerBytes: 5_000_000,
  maxOutputTokens: 16_000,
  mannerTtlMs: 3_600_000,
}

export type TaskModel = Model & {
  /** What the task's calls left behind so far, for the result's info. */
  info: () => { requestIds: string[]; replaced: number; found: number; missing: number }
}

export type Ping = { ok: true; latencyMs: number; offersModel: boolean | null } | { ok: false; error: TaskError }

export type TaskModelOptions = { signal: AbortSignal; timeoutMs: number; model?: string }

export type OpenModel = {
  provider: string
  model: string
  endpointHost: string
  /** `model` where a task asks for another one than the instance's. */
  forTask: (ledger: CallLedger, options: TaskModelOptions) => TaskModel
  /** Asks for the list of models: free of charge, and it forgets earlier refusals when it works. */
  ping: (signal?: AbortSignal) => Promise<Ping>
  /** Epoch milliseconds until which every call would be turned away (rate limit, open circuit, refused key), or null. */
  throttledUntil: () => number | null
  blockedBy: () => TaskError | null
  /**
   * Epoch milliseconds until which tasks for the model stay in the queue (rate limit, open circuit), or null. A refused
   * key keeps none there: it blocks them.
   */
  pausedUntil: () => number | null
}

const MAX_OTHER_MODELS = 50

export function openModel(settings: ModelSettings, overrides: Partial<ModelLimits> = {}): OpenModel {
  const limits = { ...MODEL_LIMITS, ...overrides }
  const endpoint = openEndpoint(settings, { ...limits, maxBytes: limits.maxAnswerBytes })
  const gate = openGate(settings.endpointHost, limits)
  const manners = openMannerMemory(firstManner(endpoint.provider), limits.mannerTtlMs)
  const provider: Provider = { endpoint, gate, manners, maxOutputTokens: limits.maxOutputTokens }

  /** What an endpoint says of one model holds up no task that asks for another. */
  const others = new Map<string, Provider>()
  function providerOf(model: string): Provider {
    if (model === settings.model) return provider
    const known = others.get(model)
    if (known) return known
    if (others.size >= MAX_OTHER_MODELS) others.clear()
    const own = {
      ...provider,
      endpoint: { ...endpoint, model },
      gate: openGate(settings.endpointHost, limits),
      manners: openMannerMemory(firstManner(endpoint.provider), limits.mannerTtlMs),
    }
    others.set(model, own)
    return own
  }

  function forTask(ledger: CallLedger, { signal, timeoutMs, model }: TaskModelOptions): TaskModel {
    const deadlineAt = performance.now() + timeoutMs
    const stop = new AbortController()
    if (signal.aborted) stop.abort(signal.reason)
    else signal.addEventListener('abort', () => stop.abort(signal.reason), { once: true })
    const requestIds: string[] = []
    const session: Session = {
      provider: providerOf(model ?? settings.model),
      ledger,
      signal: stop.signal,
      timeoutMs,
      deadlineAt,
      requestIds,
    }
    const tally = { replaced: 0, found: 0, missing: 0 }
    const underWay = new Set<Promise<unknown>>()
    let failure: { cause: unknown } | undefined

    /** Several questions may run side by side; when one fails the others stop, and all calls are settled first. */
    async function generateOne<Output extends z.ZodType>(request: GenerateRequest<Output>): Promise<z.output<Output>> {
      if (failure) throw failure.cause
      const work = generate(session, request, tally)
      underWay.add(work)
      try {
        return await work
      } catch (error) {
        failure ??= { cause: error }
        // What is paid for ends by itself: stopped in the middle, nobody would know what it has cost.
        if (!(error instanceof OverBudget)) stop.abort()
        await Promise.allSettled(underWay)
        throw failure.cause
      } finally {
        underWay.delete(work)
      }
    }

    return {
      generate: generateOne,
      info: () => ({ requestIds: [...requestIds], ...tally }),
    }
  }

  async function ping(signal: AbortSignal = AbortSignal.timeout(10_000)): Promise<Ping> {
    const started = performance.now()
    try {
      const page = await endpoint.client.models.list({ signal })
      gate.reset()
      const names = Array.isArray(page.data) ? page.data.map((entry) => entry.id) : null
      const offersModel = names && names.length > 0 ? names.some((name) => isSameModel(name, settings.model)) : null
      return { ok: true, latencyMs: Math.round(performance.now() - started), offersModel }
    } catch (error) {
      const failure = readFailure(endpoint, error)
      if (failure.kind === 'error') return { ok: false, error: fromReply(failure.reply, endpoint).error }
      if (failure.kind === 'broken') return { ok: false, error: failure.error.error }
      throw error
    }
  }

  return {
    provider: endpoint.provider,
    model: settings.model,
    endpointHost: settings.endpointHost,
    forTask,
    ping,
    throttledUntil: gate.closedUntil,
    blockedBy: gate.blockedBy,
    pausedUntil: () => (gate.blockedBy() ? null : gate.closedUntil()),
  }
}

type Tally = { replaced: number; found: number; missing: number }

async function generate<Output extends z.ZodType>(
  session: Session,
  request: GenerateRequest<Output>,
  tally: Tally,
): Promise<z.output<Output>> {
  const schema = answerSchema(request.output)
  const messages: Message[] = [
    { role: 'system', content: request.system },
    { role: 'user', content: request.prompt },
  ]
  const first = await ask(session, { messages, schema, purpose: 'first' })
  await failIfCut(session, messages, first)
  const checked = await check(request, schema, first.text)
  if (checked.ok) return accept(first, checked, tally)

  const problem = await reject(session, first, checked.problems)
  if (first.manner.mode === 'json_schema') session.provider.manners.remember({ ...first.manner, describe: true })
  const correction = `That was not valid:\n${checked.problems}\nReply with the corrected JSON object only.`
  const second = await ask(session, {
    messages: [
      ...messages,
      { role: 'assistant', content: first.text.slice(0, LONGEST_QUOTED_ANSWER) },
      { role: 'user', content: correction },
    ],
    schema,
    purpose: 'repair',
  })
  const corrected = await check(request, schema, second.text)
  if (corrected.ok) return accept(second, corrected, tally)
  await reject(session, second, corrected.problems)
  throw new ProviderError('permanent', {
    ...problem,
    ...invalidOutput(session.provider.endpoint.model, corrected.problems),
  })
}

const LONGEST_QUOTED_ANSWER = 40_000
const LONGEST_PROBLEMS = 2_000

type Checked<Value> = { ok: true; value: Value; tally: Tally } | { ok: false; problems: string }

async function check<Output extends z.ZodType>(
  { output, text, problems }: GenerateRequest<Output>,
  schema: object,
  answer: string,
): Promise<Checked<z.output<Output>>> {
  try {
    const { value, replaced } = repairJson(extractJson(answer))
    const located = locateEvidence(withoutUnknownKeys(value, schema), text)
    const parsed = output.safeParse(located.value)
    if (!parsed.success) return { ok: false, problems: z.prettifyError(parsed.error).slice(0, LONGEST_PROBLEMS) }
    const wrong = (await problems?.(parsed.data)) ?? null
    if (wrong !== null) return { ok: false, problems: wrong.slice(0, LONGEST_PROBLEMS) }
    return { ok: true, value: parsed.data, tally: { replaced, found: located.found, missing: located.missing } }
  } catch (error) {
    // Broken JSON, or nesting so deep that walking it ends the stack.
    if (error instanceof SyntaxError) return { ok: false, problems: `Not valid JSON: ${error.message}`.slice(0, 300) }
    if (error instanceof RangeError) return { ok: false, problems: 'The JSON is nested too deeply.' }
    throw error
  }
}

async function accept<Value>(reply: Reply, checked: { value: Value; tally: Tally }, tally: Tally): Promise<Value> {
  await reply.settle()
  tally.replaced += checked.tally.replaced
  tally.found += checked.tally.found
  tally.missing += checked.tally.missing
  return checked.value
}

async function reject(session: Session, reply: Reply, problems: string): Promise<TaskError> {
  const error = invalidOutput(session.provider.endpoint.model, problems)
  await reply.settle({ error, raw: session.provider.endpoint.redact(reply.text) })
  return error
}

async function failIfCut(session: Session, messages: Message[], { usage, text, settle }: Reply): Promise<void> {
  const estimate = estimateTokens(messages.map((message) => message.content).join('\n'))
  if (usage.estimated || !wasCut(usage.inputTokens, estimate)) return
  const { model, redact } = session.provider.endpoint
  const error = readOnlyPart(model, usage.inputTokens, estimate)
  await settle({ error, raw: redact(text) })
  throw new ProviderError('permanent', error)
}

/** Ollama lists `llama3.2:latest` for what is asked for as `llama3.2`. */
function isSameModel(listed: string, wanted: string): boolean {
  return listed === wanted || listed === `${wanted}:latest`
}
