// Reads an answer of a Chat Completions endpoint, however it looks, into one of a few plain cases.
import type { ErrorReply } from './errors.ts'

export type Answer =
  | { kind: 'text'; text: string; usage: unknown }
  | { kind: 'refused'; words: string; usage: unknown }
  | { kind: 'truncated'; text: string; usage: unknown }
  | { kind: 'filtered'; usage: unknown }
  | { kind: 'error'; reply: Pick<ErrorReply, 'status' | 'code' | 'detail'> }
  | { kind: 'bad'; what: string; usage: unknown }

/** `body` came with a 2xx status; some gateways put their errors there all the same. */
export function readAnswer(body: string): Answer {
  const json = parse(stripEventStream(body))
  if (!isObject(json)) return { kind: 'bad', what: describeBody(body), usage: undefined }
  const usage = json.usage
  if (json.error) return { kind: 'error', reply: readError(json.error) }
  const choice = Array.isArray(json.choices) ? json.choices[0] : undefined
  if (!isObject(choice) || !isObject(choice.message)) return { kind: 'bad', what: 'without an answer in it', usage }
  const { message, finish_reason: reason } = choice
  const text = readContent(message.content)
  if (typeof message.refusal === 'string' && message.refusal !== '')
    return { kind: 'refused', words: message.refusal.slice(0, 500), usage }
  if (reason === 'length') return { kind: 'truncated', text, usage }
  if (reason === 'content_filter') return { kind: 'filtered', usage }
  if (text.trim() === '') return { kind: 'bad', what: 'with an empty answer', usage }
  return { kind: 'text', text, usage }
}

/** The `error` of an error answer: an object, or with some servers only words. */
export function readError(error: unknown): { status: number; code: string; detail: string } {
  if (!isObject(error)) return { status: 500, code: '', detail: words(error) }
  const code = words(error.code ?? error.type)
  const status = Number(error.status ?? error.code)
  return {
    status: Number.isInteger(status) && status >= 400 && status <= 599 ? status : 500,
    code,
    detail: words(error.message),
  }
}

/**
 * The JSON object in a model's answer, without what models put around it: thoughts, code fences, a sentence before.
 * @throws SyntaxError when there is none.
 */
export function extractJson(text: string): unknown {
  const spoken = text.includes('</think>') ? text.slice(text.lastIndexOf('</think>') + '</think>'.length) : text
  const first = spoken.indexOf('{')
  const last = spoken.lastIndexOf('}')
  if (first < 0 || last < first) throw new SyntaxError('There is no JSON object in the answer.')
  return JSON.parse(spoken.slice(first, last + 1))
}

function words(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 500) : ''
}

function readContent(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content.map((part) => (isObject(part) && typeof part.text === 'string' ? part.text : '')).join('')
}

/** A server that streams although nobody asked: only an error in its first event can be told. */
function stripEventStream(body: string): string {
  const event = /^\s*data:\s*(\{.*)$/m.exec(body.slice(0, 10_000))
  return event?.[1] && body.trimStart().startsWith('data:') ? event[1] : body
}

function describeBody(body: string): string {
  if (body.trim() === '') return 'with nothing in it'
  return /^\s*</.test(body) ? 'with a web page instead of JSON' : 'with something that is not JSON'
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
