// The worker's time constants. Fault tests divide them all by one number.

export type Timing = {
  /** Delayed tickets and lost notifications are found this often. */
  backstopMs: number
  heartbeatMs: number
  /** A process that is connected but has not been heard of for this long is taken for dead. */
  silentMs: number
  /** A process that lost its lock is taken for dead when it is still missing after this. */
  reapMs: number
  reconcileMs: number
  /** How often open batches get their next items. */
  feedMs: number
  foldMs: number
  cleanMs: number
  /** An event loop that stands still for so long ends its process. */
  hungMs: number
  /** A thread of the built-in engine that nobody asked for so long gives its memory back. */
  engineIdleMs: number
  /** How long SIGTERM waits for running tasks. */
  drainMs: number
  backoffMs: number
  maxBackoffMs: number
  reconnectMs: number
  maxReconnectMs: number
}

export const TIMING: Timing = {
  backstopMs: 1_000,
  heartbeatMs: 2_000,
  silentMs: 15_000,
  reapMs: 150,
  reconcileMs: 20_000,
  feedMs: 150,
  foldMs: 1_000,
  cleanMs: 600_000,
  hungMs: 60_000,
  engineIdleMs: 60_000,
  drainMs: 30_000,
  backoffMs: 2_000,
  maxBackoffMs: 60_000,
  reconnectMs: 50,
  maxReconnectMs: 5_000,
}

/** Constants below 200 ms stay as they are. */
export function scaledTiming(scale: number): Timing {
  const scaled = Object.entries(TIMING).map(([name, ms]) => [name, ms < 200 ? ms : Math.max(100, ms / scale)])
  return Object.fromEntries(scaled) as Timing
}
