// Which attempts this process has, from their claim until their ending is written, and which it only seems to have: a
// claim whose reply was lost leaves tasks in progress that nobody runs.
import { databaseFault } from '#lib/db/faults.ts'
import { heldBy } from '#lib/queue/claim.ts'
import type { Wire } from '#lib/queue/wire.ts'
import type { StoppedAttempt } from '#lib/tasks/announce.ts'

export type Held = {
  add: (attempt: StoppedAttempt) => void
  remove: (attempt: StoppedAttempt) => void
  /** A claim failed: if its reply may have been lost, the next `resolveDoubt` looks for what it claimed. */
  doubt: (error: unknown) => void
  resolveDoubt: () => Promise<void>
  returnLost: () => Promise<void>
}

type HeldOptions = {
  claims: Wire
  processId: () => number | null
  giveBack: (processId: number, attempts: StoppedAttempt[]) => Promise<void>
}

export function rememberHeld({ claims, processId, giveBack }: HeldOptions): Held {
  const held = new Set<string>()
  let doubtful = false

  async function returnLost(): Promise<void> {
    const mine = processId()
    if (mine === null) return
    // Claims take turns on this connection: when the answer is here, what they brought before is held, and what they
    // bring later has another epoch.
    const lost = await claims.transaction(async (run) => {
      const attempts = await heldBy(run, mine)
      return attempts.filter((attempt) => !held.has(keyOf(attempt)))
    })
    if (lost.length > 0 && processId() === mine) await giveBack(mine, lost)
  }

  return {
    add: (attempt) => void held.add(keyOf(attempt)),
    remove: (attempt) => void held.delete(keyOf(attempt)),
    doubt: (error) => {
      if (databaseFault(error) === 'unavailable') doubtful = true
    },
    resolveDoubt: async () => {
      if (!doubtful) return
      doubtful = false
      await returnLost().catch((error: unknown) => {
        doubtful = true
        throw error
      })
    },
    returnLost,
  }
}

function keyOf({ id, epoch }: StoppedAttempt): string {
  return `${id} ${epoch}`
}
