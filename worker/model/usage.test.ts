import { describe, expect, test } from 'vitest'
import { estimateTokens, readUsage, wasCut } from './usage.ts'

describe('usage', () => {
  test('keeps every count that the provider reports', () => {
    const usage = readUsage(
      {
        prompt_tokens: 120,
        completion_tokens: 80,
        prompt_tokens_details: { cached_tokens: 100, cache_write_tokens: 20 },
        completion_tokens_details: { reasoning_tokens: 50 },
      },
      'sent',
      'received',
    )
    expect(usage).toMatchObject({
      inputTokens: 120,
      cachedTokens: 100,
      cacheWriteTokens: 20,
      outputTokens: 80,
      reasoningTokens: 50,
      estimated: false,
    })
  })

  test.each([
    ['missing', undefined],
    ['not an object', 'many'],
    ['negative', { prompt_tokens: -5, completion_tokens: 1 }],
    ['beyond any context', { prompt_tokens: 1_000_001, completion_tokens: 1 }],
    ['fractional', { prompt_tokens: 1.5, completion_tokens: 1 }],
    ['incomplete', { prompt_tokens: 5 }],
    ['more cached than read', { prompt_tokens: 5, completion_tokens: 1, prompt_tokens_details: { cached_tokens: 6 } }],
  ])('that is %s becomes a flagged estimate', (_, raw) => {
    const usage = readUsage(raw, 'x'.repeat(3) + 'abcde', 'abcdefgh')
    expect(usage).toMatchObject({ inputTokens: 2, outputTokens: 2, estimated: true, cachedTokens: undefined })
  })

  test('keeps a strange report for review, but not an endless one', () => {
    expect(readUsage({ prompt_tokens: -5 }, '', '').raw).toEqual({ prompt_tokens: -5 })
    expect(readUsage({ prompt_tokens: 5, note: 'x'.repeat(5_000) }, '', '').raw).toBeUndefined()
  })
})

describe('a prompt that was cut', () => {
  test.each([
    ['a small prompt is not judged', 300, 1_200, false],
    ['half the estimate is a matter of the tokenizer', 5_000, 10_000, false],
    ['a fifth of the estimate is not', 2_000, 10_000, true],
    ['exactly a context size below the estimate', 4_096, 6_000, true],
    ['one short of a context size', 4_095, 6_000, true],
    ['a context size near the estimate is chance', 4_096, 4_300, false],
    ['no count at all says nothing', 0, 10_000, false],
  ])('%s', (_, reported, estimate, cut) => {
    expect(wasCut(reported, estimate)).toBe(cut)
  })

  test('long runs of one character count little, as for a tokenizer', () => {
    expect(estimateTokens('.'.repeat(100_000))).toBeLessThan(10)
    expect(estimateTokens('word '.repeat(1_000))).toBe(1_250)
  })
})
