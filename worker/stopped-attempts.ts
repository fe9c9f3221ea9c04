// Attempts that were told to stop. The word may overtake the reply of the claim that started them, so it is kept a while.
import type { StoppedAttempt } from '#lib/tasks/announce.ts'

const KEPT_MS = 10_000

export type StoppedAttempts = {
  add: (attempt: StoppedAttempt) => void
  includes: (attempt: StoppedAttempt) => boolean
  forgetOld: () => void
}

export function rememberStopped(): StoppedAttempts {
  const stopped = new Map<string, { epoch: number; at: number }>()
  return {
    add: ({ id, epoch }) => void stopped.set(id, { epoch, at: Date.now() }),
    includes: ({ id, epoch }) => epoch <= (stopped.get(id)?.epoch ?? -1),
    forgetOld: () => {
      const limit = Date.now() - KEPT_MS
      for (const [id, { at }] of stopped) if (at < limit) stopped.delete(id)
    },
  }
}
