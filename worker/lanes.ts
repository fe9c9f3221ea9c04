// One lane per queue: its slots, and whether a fetch is worth while.
import { ISOLATION } from '#lib/queue.ts'
import type { Load } from './lease.ts'

export type Lane = {
  name: string
  slots: number
  busy: number
  /** Raised by every wake-up, so that one which comes during a fetch is not missed. */
  generation: number
  /** Whether tickets may be waiting: not since a fetch found fewer than there was room for. */
  more: boolean
  fetching: boolean
}

/** The number stands in the statement, and each is prepared once. */
const MAX_CLAIM = 128

export function openLanes() {
  const lanes = new Map<string, Lane>()

  function lane(name: string): Lane {
    const known = lanes.get(name)
    if (known) return known
    const made = { name, slots: name === ISOLATION ? 1 : 0, busy: 0, generation: 0, more: true, fetching: false }
    lanes.set(name, made)
    return made
  }

  /** The lanes of the worker types. */
  const ordinary = () => [...lanes.values()].filter(({ name }) => name !== ISOLATION)

  return {
    lane,
    ordinary,
    load: (): Load => Object.fromEntries(ordinary().map(({ name, slots, busy }) => [name, { slots, busy }])),
  }
}

/** How many tickets to ask for at once. */
export function claimSize({ slots, busy }: Lane): number {
  const free = Math.min(slots - busy, MAX_CLAIM)
  return free <= 0 ? 0 : 2 ** Math.floor(Math.log2(free))
}
