// Provider text that may be stored and shown: no keys, no characters Postgres refuses, a bounded size.
import { repairText } from '#lib/text.ts'

export const MAX_RAW_BYTES = 65_536
const KEYS = /\b(?:sk|bt|pk|gsk|xai|AIza)[-_]?[A-Za-z0-9_*-]{16,}|(?<=\bBearer\s+)[A-Za-z0-9._~+/=-]{8,}/g

export function redact(text: string, apiKey: string, maxBytes = MAX_RAW_BYTES): string {
  // Cut generously first, so that patterns never run over megabytes; a key across the final cut is redacted before it.
  const near = text.slice(0, maxBytes + 1_000)
  const clean = repairText(apiKey.length >= 8 ? near.replaceAll(apiKey, '[redacted]') : near).text
  return cutToBytes(clean.replace(KEYS, '[redacted]'), maxBytes)
}

function cutToBytes(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= maxBytes) return text
  let end = maxBytes
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return bytes.subarray(0, end).toString()
}
