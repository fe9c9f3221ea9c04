// Takes what waits and works on it, a few at a time: whenever there may be something, and at each poll.

export type FewAtOnce = {
  /** There may be something to do. */
  wake: () => void
  /** Resolves when what was being worked on has ended, for which its signal is aborted. */
  stop: () => Promise<void>
}

type Options<Claim> = {
  /** Takes the next one; null when there is none or it could not be asked. Never throws. */
  claim: () => Promise<Claim | null>
  /** Never throws. */
  work: (claim: Claim, stopping: AbortSignal) => Promise<void>
  atOnce: number
  pollMs: number
}

export function openFewAtOnce<Claim>({ claim, work, atOnce, pollMs }: Options<Claim>): FewAtOnce {
  const stopping = new AbortController()
  const running = new Set<Promise<void>>()
  let looking: Promise<void> | null = null
  let again = false

  const wake = (): void => {
    if (looking) {
      again = true
      return
    }
    looking = look().finally(() => {
      looking = null
      if (again) wake()
    })
  }

  async function look(): Promise<void> {
    again = false
    while (!stopping.signal.aborted && running.size < atOnce) {
      const claimed = await claim()
      if (!claimed) return
      const working = work(claimed, stopping.signal).finally(() => {
        running.delete(working)
        wake()
      })
      running.add(working)
    }
  }

  const poll = setInterval(wake, pollMs)
  wake()
  return {
    wake,
    stop: async () => {
      clearInterval(poll)
      stopping.abort()
      await looking
      await Promise.all(running)
    },
  }
}
