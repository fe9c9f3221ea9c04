// One scripted step, and the completion it leads to.
import { fakeAnswer } from './model-answers.ts'
import type { Malformed } from './model-faults.ts'

/** How one request is answered; JSON, so that it can be sent to a server in another process. */
export type Step = {
  /** Only for requests whose body includes these words. */
  when?: string
  /** How many requests it answers: 1 unless said; 0 = all. */
  times?: number
  delayMs?: number
  status?: number
  headers?: Record<string, string>
  /** The error object of an error answer. */
  error?: { message?: string; code?: string | number | null; type?: string }
  /** The whole body, as it is. */
  body?: string
  /** The model's message. */
  content?: string
  refusal?: string
  finish?: 'stop' | 'length' | 'content_filter'
  /** null = none. */
  usage?: Record<string, unknown> | null
  malformed?: Malformed
  /** Stops and keeps the connection open. */
  stall?: 'before_headers' | 'in_body'
  /** One byte of the body each so often. */
  dripMs?: number
  /** Destroys the socket. */
  cut?: 'before_headers' | 'in_body'
}

export type ChatRequest = {
  model: string
  messages: { role: string; content: string }[]
  response_format?: { type: string; json_schema?: { schema: Record<string, unknown> } }
  [key: string]: unknown
}

export function completionOf(id: string, body: ChatRequest | null, step: Step, usage: Record<string, unknown> | null) {
  const prompt = body?.messages.findLast(({ role }) => role === 'user')?.content ?? ''
  const first = body?.messages.find(({ role }) => role === 'user')?.content ?? prompt
  const content = step.refusal ? null : (step.content ?? JSON.stringify(fakeAnswer(schemaOf(body), first)))
  const message = { role: 'assistant', content, refusal: step.refusal ?? null }
  return {
    id: `chatcmpl-${id}`,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model: body?.model ?? 'fake-model',
    choices: [{ index: 0, finish_reason: step.finish ?? 'stop', message }],
    ...(usage ? { usage } : {}),
  }
}

export function usageOf(body: ChatRequest | null, step: Step, contextTokens = Infinity): Record<string, unknown> {
  const sent = Buffer.byteLength(body?.messages.map(({ content }) => content).join('\n') ?? '')
  const prompt_tokens = Math.min(contextTokens, Math.ceil(sent / 4))
  const completion_tokens = Math.ceil(Buffer.byteLength(step.content ?? step.refusal ?? '') / 4) + 20
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens }
}

/** From the request's format, else from the schema that stands in the prompt. */
function schemaOf(body: ChatRequest | null): Record<string, unknown> {
  const asked = body?.response_format?.json_schema?.schema
  if (asked) return asked
  const system = body?.messages.find(({ role }) => role === 'system')?.content ?? ''
  const written = /JSON Schema:\n(\{.*\})/.exec(system)?.[1]
  return written ? (JSON.parse(written) as Record<string, unknown>) : { type: 'object', properties: {} }
}
