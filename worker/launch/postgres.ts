// Keeps the embedded Postgres running, on the same port, so that everyone's address stays true.
import { setTimeout as sleep } from 'node:timers/promises'
import { type EmbeddedServer, startEmbedded } from '#lib/db/embedded.ts'
import { restartDelayMs } from './supervise.ts'

export type KeptPostgres = { url: string; port: number; stop: () => Promise<void> }

export async function keepPostgres(folder: string, say: (line: string) => void): Promise<KeptPostgres> {
  let server: EmbeddedServer = await startEmbedded({ folder })
  const ending = new AbortController()
  const { url, port } = server

  const startAgain = async (failures: number): Promise<number> => {
    try {
      server = await startEmbedded({ folder, port })
      return failures
    } catch (error) {
      const delayMs = restartDelayMs(failures + 1)
      say(`${error instanceof Error ? error.message : String(error)}\nTrying again in ${delayMs / 1000} s.`)
      await sleep(delayMs)
      return ending.signal.aborted ? failures : startAgain(failures + 1)
    }
  }
  const keep = async () => {
    for (let failures = 0; ;) {
      const startedAt = Date.now()
      const why = await server.ended
      if (ending.signal.aborted) return
      failures = Date.now() - startedAt > 60_000 ? 1 : failures + 1
      say(`Database stopped: ${why}. Starting it again; web and worker connect again by themselves.`)
      if (failures > 1) await sleep(restartDelayMs(failures - 1))
      failures = await startAgain(failures)
    }
  }
  void keep()

  return {
    url,
    port,
    stop: async () => {
      ending.abort()
      await server.stop()
    },
  }
}
