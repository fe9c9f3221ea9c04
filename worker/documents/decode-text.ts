// Bytes of unknown encoding as text: by the byte order mark, else UTF-16 by its zeros, else UTF-8 where they are valid,
// else as the text itself says (a page's charset), else an older encoding by its letters, else Windows-1252.
import { isJapaneseMail, legacyEncoding } from './legacy-encoding.ts'

export type DecodedText = { text: string; encoding: string }

/** In UTF-16, the zeros of western letters stand at every second byte. */
const ZEROS_OF_UTF16 = 0.3
/** Stray zeros and control characters, as in logs, in the text of a thousand bytes. */
const STRAYS_IN_1000 = 5
const SAMPLE_BYTES = 64_000

/** Null for what is no text. */
export function decodeText(bytes: Buffer): DecodedText | null {
  const encoding = encodingOf(bytes)
  if (encoding === null) return null
  return { text: new TextDecoder(encoding).decode(bytes), encoding }
}

function encodingOf(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const sample = bytes.subarray(0, SAMPLE_BYTES - (SAMPLE_BYTES % 2))
  const zeros = [0, 0]
  let strays = 0
  for (const [index, byte] of sample.entries()) {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
    if (isStray(byte)) strays += 1
  }
  const [even = 0, odd = 0] = zeros.map((count) => count / Math.max(1, sample.length / 2))
  if (odd > ZEROS_OF_UTF16 && even < odd / 10) return 'utf-16le'
  if (even > ZEROS_OF_UTF16 && odd < even / 10) return 'utf-16be'
  if (strays > 1 + (sample.length * STRAYS_IN_1000) / 1_000) return null
  if (isJapaneseMail(bytes)) return 'iso-2022-jp'
  if (isUtf8(bytes)) return 'utf-8'
  return declaredEncoding(bytes) ?? legacyEncoding(bytes) ?? 'windows-1252'
}

const DECLARED = [
  /^\s*<\?xml[^>]{0,200}\bencoding\s*=\s*["']([\w:.-]{1,40})["']/,
  /<meta[^>]{0,200}\bcharset\s*=\s*["']?\s*([\w:.-]{1,40})/i,
]
const DECLARED_WITHIN = 4_096

/** What a page says of itself, where it is an encoding that is known and fits: what claims to be UTF-8 here is not. */
function declaredEncoding(bytes: Buffer): string | null {
  const start = bytes.subarray(0, DECLARED_WITHIN).toString('latin1')
  for (const pattern of DECLARED) {
    const [, label = ''] = pattern.exec(start) ?? []
    try {
      const { encoding } = new TextDecoder(label)
      if (label !== '' && !encoding.startsWith('utf-')) return encoding
    } catch {
      // No encoding has this name.
    }
  }
  return null
}

/** A control character other than tab, line feed, form feed, carriage return and escape. */
function isStray(byte: number): boolean {
  return byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
