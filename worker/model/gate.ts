// One provider's gate for the whole process: a rate limit holds every task, repeated faults open the circuit until one
// probe succeeds, and a refused key stops all calls until it is checked again.
import type { TaskError } from '#lib/tasks/states.ts'
import { ProviderError } from './errors.ts'

export type GateLimits = {
  /** Faults in a row that open the circuit. */
  circuitFailures: number
  /** How long it stays open at first; doubles with each failed probe up to the longest. */
  circuitOpenMs: number
  circuitLongestMs: number
  /** Waits after a rate limit that names none: full jitter below this, doubled each time. */
  rateLimitBaseMs: number
  rateLimitLongestMs: number
  /** After a refused key, calls fail at once for this long. */
  blockedMs: number
}

export const GATE_LIMITS: GateLimits = {
  circuitFailures: 5,
  circuitOpenMs: 10_000,
  circuitLongestMs: 120_000,
  rateLimitBaseMs: 1_000,
  rateLimitLongestMs: 60_000,
  blockedMs: 30_000,
}

export type Pass = { end: (outcome: 'answered' | 'aborted' | ProviderError) => ProviderError | null }

export type Gate = {
  /** @throws ProviderError when no call may be made now. */
  enter: () => Pass
  /** Epoch milliseconds until which every call would be turned away, or null. */
  closedUntil: () => number | null
  blockedBy: () => TaskError | null
  /** The provider was found to work: forget refusals and faults. */
  reset: () => void
}

export function openGate(host: string, limits: GateLimits = GATE_LIMITS): Gate {
  let heldUntil = 0
  let held: TaskError | null = null
  let limitsInARow = 0
  let faultsInARow = 0
  let openings = 0
  let openUntil = 0
  let probing = false
  let blockedUntil = 0
  let blocked: TaskError | null = null

  function enter(): Pass {
    const now = Date.now()
    if (blocked && now < blockedUntil) throw new ProviderError('blocked', blocked)
    if (held && now < heldUntil) throw new ProviderError('rate_limited', held, spread(heldUntil - now))
    const isOpen = openUntil > 0
    if (isOpen && (now < openUntil || probing)) throw circuitOpen(Math.max(openUntil - now, 1_000))
    probing ||= isOpen
    return { end: (outcome) => end(outcome, isOpen) }
  }

  function end(outcome: 'answered' | 'aborted' | ProviderError, isProbe: boolean): ProviderError | null {
    if (isProbe) probing = false
    if (outcome === 'aborted') return null
    if (outcome === 'answered') {
      reset()
      return null
    }
    if (outcome.kind === 'blocked') {
      blocked = outcome.error
      blockedUntil = Date.now() + limits.blockedMs
    }
    if (outcome.kind === 'rate_limited') return hold(outcome)
    if (FAULTS.has(outcome.error.code)) countFault(isProbe)
    else if (isProbe) closeCircuit()
    return outcome
  }

  function hold(limit: ProviderError): ProviderError {
    const now = Date.now()
    if (now >= heldUntil) limitsInARow += 1
    const ceiling = Math.min(limits.rateLimitLongestMs, limits.rateLimitBaseMs * 2 ** (limitsInARow - 1))
    const wait = limit.retryAfterMs ?? Math.max(heldUntil - now, Math.random() * ceiling)
    heldUntil = Math.max(heldUntil, now + wait)
    held = limit.error
    return new ProviderError('rate_limited', limit.error, spread(heldUntil - now))
  }

  function countFault(isProbe: boolean): void {
    faultsInARow += 1
    if (!isProbe && (openUntil > 0 || faultsInARow < limits.circuitFailures)) return
    openUntil = Date.now() + Math.min(limits.circuitLongestMs, limits.circuitOpenMs * 2 ** openings)
    openings += 1
  }

  function closeCircuit(): void {
    faultsInARow = 0
    openings = 0
    openUntil = 0
  }

  function circuitOpen(waitMs: number): ProviderError {
    return new ProviderError(
      'rate_limited',
      {
        code: 'provider_down',
        message: `${host} failed ${faultsInARow} times in a row, so it is left alone for a while.`,
        advice: 'Nothing to do: one request tries it again shortly, and the tasks go on when it answers.',
      },
      spread(waitMs),
    )
  }

  function closedUntil(): number | null {
    const until = Math.max(heldUntil, openUntil, blocked ? blockedUntil : 0)
    return until > Date.now() ? until : null
  }

  function reset(): void {
    closeCircuit()
    limitsInARow = 0
    blocked = null
  }

  return { enter, closedUntil, blockedBy: () => (Date.now() < blockedUntil ? blocked : null), reset }
}

const FAULTS = new Set(['provider_unavailable', 'provider_unreachable', 'provider_timeout'])

/** Tasks that wait for the same moment do not all come back in it. */
function spread(waitMs: number): number {
  return Math.ceil(waitMs + Math.random() * Math.min(1_000, waitMs / 10))
}
