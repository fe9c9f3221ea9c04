// The contenders by name. Each is loaded only where it runs, so that none carries another's memory.
import type { Contender } from '../contender.ts'

const LOAD: Record<string, () => Promise<Contender>> = {
  Baton: async () => (await import('./baton.ts')).baton,
  'pg-boss work() polling': async () => (await import('./pg-boss.ts')).pgBossPolling,
  'pg-boss work() notify': async () => (await import('./pg-boss.ts')).pgBossNotified,
  'pg-boss work() one at a time': async () => (await import('./pg-boss.ts')).pgBossOneByOne,
  'pg-boss work() batched': async () => (await import('./pg-boss.ts')).pgBossBatched,
  'pg-boss flow()': async () => (await import('./pg-boss.ts')).pgBossFlow,
  'pg-boss heartbeat 10 s': async () => (await import('./pg-boss.ts')).pgBossHeartbeat,
  'graphile-worker': async () => (await import('./graphile-worker.ts')).graphileOneByOne,
  'graphile-worker batched': async () => (await import('./graphile-worker.ts')).graphileBatched,
  'raw SQL with LISTEN': async () => (await import('./raw-sql.ts')).rawOneByOne,
  'raw SQL batched': async () => (await import('./raw-sql.ts')).rawBatched,
}

/** @throws Error when there is none of this name. */
export async function contenderNamed(name: string): Promise<Contender> {
  const load = LOAD[name]
  if (!load) throw new Error(`No contender "${name}".`)
  return load()
}
