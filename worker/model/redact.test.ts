import { expect, test } from 'vitest'
import { redact } from './redact.ts'

test('keys are removed, ours and those of others', () => {
  const text =
    'key secret-of-mine-123, sk-proj-abcdefghijklmnop1234, Incorrect API key: sk-abcd************wxyz, Bearer abcdefgh1234'
  const clean = redact(text, 'secret-of-mine-123')
  expect(clean).toBe('key [redacted], [redacted], Incorrect API key: [redacted], Bearer [redacted]')
})

test('what is kept fits 64 kB of UTF-8 and is never half a character', () => {
  const clean = redact('€'.repeat(100_000), '')
  expect(Buffer.byteLength(clean)).toBeLessThanOrEqual(65_536)
  expect(clean).toMatch(/^€+$/)
})

test('characters that Postgres refuses are replaced', () => {
  expect(redact('a\u0000b\ud800', '')).toBe('a\uFFFDb\uFFFD')
})
