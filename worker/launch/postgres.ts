// Keeps the embedded Postgres running, on the same port, so that everyone's address stays true.
import { setTimeout as sleep } from 'node:timers/promises'
import { type EmbeddedServer, startEmbedded } from '#lib/db/embedded.ts'
import { restartDelayMs } from './supervise.ts'

export type KeptPostgres = { url: string; port: number; stop: () => Promise<void> }

type Options = {
  folder: string
  say: (line: string) => void
  /** From then on everything stops, and it is left alone until it is its turn. */
  ending: AbortSignal
  lookEveryMs?: number
}

export async function keepPostgres({ folder, say, ending, lookEveryMs = 1_000 }: Options): Promise<KeptPostgres> {
  let server: EmbeddedServer = await startEmbedded({ folder })
  let starting: Promise<unknown> = Promise.resolve()
  let stopped = false
  const { url, port } = server

  const startAgain = async (failures: number): Promise<number> => {
    try {
      const started = startEmbedded({ folder, port })
      starting = started
      server = await started
      return failures
    } catch (error) {
      const delayMs = restartDelayMs(failures + 1)
      say(`${error instanceof Error ? error.message : String(error)}\nTrying again in ${delayMs / 1000} s.`)
      await sleep(delayMs)
      return stopped ? failures : startAgain(failures + 1)
    }
  }
  const keep = async () => {
    for (let failures = 0; ;) {
      const startedAt = Date.now()
      const watch = setInterval(() => endUnasked(server), lookEveryMs)
      const why = await server.ended
      clearInterval(watch)
      if (stopped) return
      failures = Date.now() - startedAt > 60_000 ? 1 : failures + 1
      say(`Database stopped: ${why}. Starting it again; web and worker connect again by themselves.`)
      if (failures > 1) await sleep(restartDelayMs(failures - 1))
      if (!stopped) failures = await startAgain(failures)
    }
  }
  // A server that got SIGTERM turns newcomers away and waits for web and worker, who stay: nothing would go on.
  const told = new WeakSet<EmbeddedServer>()
  const endUnasked = (asked: EmbeddedServer) => {
    if (ending.aborted || stopped || told.has(asked) || !asked.isStopping()) return
    told.add(asked)
    say('Database was asked to stop (SIGTERM) by somebody else and waits for web and worker: ending their connections.')
    void asked.stop()
  }
  void keep()

  return {
    url,
    port,
    stop: async () => {
      stopped = true
      await starting.catch(() => undefined)
      await server.stop()
    },
  }
}
