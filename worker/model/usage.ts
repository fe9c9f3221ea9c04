// Token counts as the provider reports them, checked for sense; where they are missing or impossible, our estimate.
import { repairJson } from '#lib/text.ts'

export type Usage = {
  raw: Record<string, unknown> | undefined
  inputTokens: number
  cachedTokens: number | undefined
  cacheWriteTokens: number | undefined
  outputTokens: number
  reasoningTokens: number | undefined
  estimated: boolean
}

/** More than any context in use, so a larger count is a fault of the server. */
export const MOST_TOKENS = 1_000_000
const LARGEST_RAW = 4_096

/** `usage` is the answer's own field, whatever it is. */
export function readUsage(usage: unknown, sent: string, received: string): Usage {
  const raw = plainObject(usage)
  const input = count(raw?.prompt_tokens ?? raw?.input_tokens)
  const output = count(raw?.completion_tokens ?? raw?.output_tokens)
  const promptDetails = plainObject(raw?.prompt_tokens_details)
  const cached = optional(promptDetails?.cached_tokens ?? raw?.prompt_cache_hit_tokens)
  const written = optional(promptDetails?.cache_write_tokens ?? raw?.cache_creation_input_tokens)
  const reasoning = optional(plainObject(raw?.completion_tokens_details)?.reasoning_tokens)
  const kept = raw && JSON.stringify(raw).length <= LARGEST_RAW ? repairJson(raw).value : undefined
  const possible =
    input !== undefined &&
    output !== undefined &&
    cached !== 'impossible' &&
    written !== 'impossible' &&
    reasoning !== 'impossible' &&
    (cached ?? 0) <= input
  return {
    raw: kept as Record<string, unknown> | undefined,
    ...(possible
      ? { inputTokens: input, outputTokens: output, cachedTokens: cached, cacheWriteTokens: written }
      : {
          inputTokens: estimateTokens(sent),
          outputTokens: estimateTokens(received),
          cachedTokens: undefined,
          cacheWriteTokens: undefined,
        }),
    reasoningTokens: possible ? reasoning : undefined,
    estimated: !possible,
  }
}

/**
 * A quarter of the text's UTF-8 bytes: right within about 25 % for Latin, Cyrillic and CJK prose with today's
 * tokenizers. Runs of one character count little, as they do there.
 */
export function estimateTokens(text: string): number {
  return Math.min(MOST_TOKENS, Math.ceil(Buffer.byteLength(text.replace(/(.)\1{7,}/gsu, '$1$1')) / 4))
}

/** Of the request as it is sent: no tokenizer in use makes more tokens than there are bytes. */
export function mostTokens(body: unknown): number {
  return Math.min(MOST_TOKENS, Buffer.byteLength(JSON.stringify(body)))
}

/**
 * True when the provider counted so few tokens that it cannot have read the whole prompt: far below the estimate, or
 * exactly a context size while the estimate is well above it (a server that cuts silently). Small prompts are not judged.
 */
export function wasCut(reported: number, estimate: number): boolean {
  if (reported === 0 || estimate < 1_500) return false
  return reported < estimate * 0.3 || (isContextSize(reported) && estimate > reported * 1.2)
}

function isContextSize(tokens: number): boolean {
  return [0, 1].some((missing) => tokens + missing >= 1_024 && Number.isInteger(Math.log2(tokens + missing)))
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST_TOKENS ? value : undefined
}

function optional(value: unknown): number | undefined | 'impossible' {
  return value === undefined || value === null ? undefined : (count(value) ?? 'impossible')
}

function plainObject(value: unknown): Record<string, unknown> | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}
