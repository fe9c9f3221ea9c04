// How a server wants to be asked: from strict JSON Schema down to a plain prompt. What worked is remembered for a while.
import type { CallIntent } from '#lib/tasks/calls.ts'

export type Manner = {
  mode: CallIntent['mode']
  limit: 'max_completion_tokens' | 'max_tokens' | 'none'
  /** The schema also stands in the prompt: this server takes a schema without keeping to it. */
  describe: boolean
}

export type Message = { role: 'system' | 'user' | 'assistant'; content: string }

export type MannerMemory = { current: () => Manner; remember: (manner: Manner) => void }

export function openMannerMemory(first: Manner, ttlMs: number): MannerMemory {
  let manner = first
  let until = Infinity
  return {
    current: () => {
      if (Date.now() >= until) manner = first
      return manner
    },
    remember: (next) => {
      manner = next
      until = Date.now() + ttlMs
    },
  }
}

/**
 * The next manner to try after an error answer that objects to this one; null when it objects to something else. A form
 * is never gone back to, nor a limit among those `tried` for this question: four steps at most, whatever the server says.
 */
export function stepDown(
  manner: Manner,
  { status, detail }: { status: number; detail: string },
  tried: ReadonlySet<Manner['limit']>,
): Manner | null {
  if (![400, 404, 415, 422, 500, 501].includes(status)) return null
  if (LIMIT_TOO_LARGE.test(detail)) return manner.limit === 'none' ? null : { ...manner, limit: 'none' }
  if (LIMIT_NAME.test(detail)) {
    const limit = otherLimits(manner.limit, detail).find((other) => !tried.has(other))
    return limit ? { ...manner, limit } : null
  }
  if (!FORMAT.test(detail)) return null
  if (manner.mode === 'json_schema') return { ...manner, mode: 'json_object' }
  return manner.mode === 'json_object' ? { ...manner, mode: 'prompt' } : null
}

function otherLimits(limit: Manner['limit'], detail: string): Manner['limit'][] {
  if (limit === 'max_completion_tokens') return ['max_tokens', 'none']
  return limit === 'max_tokens' && /max_completion_tokens/.test(detail) ? ['max_completion_tokens', 'none'] : ['none']
}

const FORMAT = /response_format|json_schema|json_object|structured|guided|grammar/i
const LIMIT_NAME = /max_(completion_)?tokens/i
/**
 * The text may fit where text and limit together do not: vLLM and others count both against the context. Without a
 * limit they take what the text leaves.
 */
const LIMIT_TOO_LARGE =
  /max_(completion_)?tokens\b.*(too large|greater than)|[1-9]\d* (in the (completion|output)|output tokens)/is

/** Servers of the OpenAI family take the new name of the limit, others mostly the old one. */
export function firstManner(provider: string): Manner {
  const isOpenAI = provider === 'openai' || provider === 'azure'
  return { mode: 'json_schema', limit: isOpenAI ? 'max_completion_tokens' : 'max_tokens', describe: false }
}

export function requestBody(
  manner: Manner,
  { model, messages, schema, maxTokens }: { model: string; messages: Message[]; schema: object; maxTokens: number },
) {
  const asksInProse = manner.mode !== 'json_schema' || manner.describe
  return {
    model,
    messages: asksInProse ? withSchema(messages, schema) : messages,
    ...(manner.limit === 'none' ? {} : { [manner.limit]: maxTokens }),
    ...responseFormat(manner.mode, schema),
  }
}

function responseFormat(mode: Manner['mode'], schema: object) {
  if (mode === 'prompt') return {}
  if (mode === 'json_object') return { response_format: { type: 'json_object' as const } }
  const json_schema = { name: 'answer', strict: true, schema: schema as Record<string, unknown> }
  return { response_format: { type: 'json_schema' as const, json_schema } }
}

/** Some servers accept JSON mode only when the prompt has the word JSON in it. */
function withSchema(messages: Message[], schema: object): Message[] {
  const order = `Answer with one JSON object only, without any other text. It matches this JSON Schema:\n${JSON.stringify(schema)}`
  return messages.map((message) =>
    message.role === 'system' ? { ...message, content: `${message.content}\n\n${order}` } : message,
  )
}
