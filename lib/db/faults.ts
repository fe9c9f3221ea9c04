// Tells a database that cannot answer now from a mistake of ours: the first is worth another try, the second is not.

export type DatabaseFault = 'unavailable' | 'busy' | 'full'

const UNAVAILABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  '57P01',
  '57P02',
  '57P03',
  '57P05',
  '25P03',
  '25006',
])
const BUSY = new Set(['57014', '55P03', '40001', '40P01', '53200', '53300'])
const FULL = new Set(['53100', 'ENOSPC'])
const LOST =
  /^(Connection terminated|Client has encountered a connection error|timeout e(xceeded when trying to connect|xpired)|Query read timeout|Cannot use a pool after calling end|Client was closed)/

/** What the error says about the database, looking through wrappers; null when it says nothing. */
export function databaseFault(error: unknown): DatabaseFault | null {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    const fault = faultOf(cause)
    if (fault) return fault
    if (cause instanceof AggregateError) return cause.errors.map(databaseFault).find(Boolean) ?? null
  }
  return null
}

/** For logs: the innermost cause in one line, without the statement and its values, which may be somebody's text. */
export function causeWords(error: unknown): string {
  let cause = error
  for (let depth = 0; depth < 5 && cause instanceof Error && cause.cause instanceof Error; depth += 1)
    cause = cause.cause
  const words = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
  return (words.split('\n')[0] ?? '').slice(0, 300)
}

/** A row with this key is there already. */
export function isDuplicate(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1)
    if ('code' in cause && cause.code === '23505') return true
  return false
}

function faultOf(error: Error): DatabaseFault | null {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (FULL.has(code)) return 'full'
  if (BUSY.has(code)) return 'busy'
  if (UNAVAILABLE.has(code) || code.startsWith('08') || LOST.test(error.message)) return 'unavailable'
  return null
}
