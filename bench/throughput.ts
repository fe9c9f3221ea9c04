// Tasks per second with a handler that does nothing: ours with task, attempt, events, result and fenced completion, the
// peers' empty jobs one at a time and batched. Counted from the first handler to the last commit.
import { setTimeout as sleep } from 'node:timers/promises'
import { now, startWorker } from './contender.ts'
import { contenderNamed } from './contenders/all.ts'
import { type Figure, median, rounded } from './figures.ts'
import type { Stage } from './stage.ts'

const REPETITIONS = 3
const ONE_AT_A_TIME = 'pg-boss work() one at a time'
const RUNS: Record<string, { count: number; slots: number; batch: number }> = {
  Baton: { count: 12_000, slots: 32, batch: 1 },
  [ONE_AT_A_TIME]: { count: 2_000, slots: 8, batch: 1 },
  'pg-boss work() batched': { count: 20_000, slots: 2, batch: 100 },
  'graphile-worker': { count: 3_000, slots: 8, batch: 1 },
  'graphile-worker batched': { count: 20_000, slots: 24, batch: 100 },
  'raw SQL with LISTEN': { count: 3_000, slots: 8, batch: 1 },
  'raw SQL batched': { count: 20_000, slots: 2, batch: 100 },
}
const LEAST = 4_000
const TIMES_PG_BOSS = 4

export async function throughput(stage: Stage): Promise<Figure[]> {
  const rates = new Map<string, number[]>(Object.keys(RUNS).map((name) => [name, []]))
  for (let repetition = 0; repetition < REPETITIONS; repetition += 1)
    for (const name of Object.keys(RUNS)) rates.get(name)?.push(await drain(stage, name))
  const of = (name: string): number => rounded(median(rates.get(name) ?? []))
  const ours = of('Baton')
  const least = Math.max(LEAST, TIMES_PG_BOSS * of(ONE_AT_A_TIME))
  const peers = Object.fromEntries(Object.keys(RUNS).flatMap((name) => (name === 'Baton' ? [] : [[name, of(name)]])))
  const goal = `at least ${LEAST}, and ${TIMES_PG_BOSS} × ${ONE_AT_A_TIME} (${rounded(TIMES_PG_BOSS * of(ONE_AT_A_TIME))})`
  return [{ name: 'tasks_per_second', unit: '/s', ours, peers, goal, met: ours >= least }]
}

/** On a new database each time, so that no repetition pays for the rows of another. */
async function drain(stage: Stage, name: string): Promise<number> {
  const { count, slots, batch } = RUNS[name] ?? { count: 0, slots: 0, batch: 0 }
  const contender = await contenderNamed(name)
  const url = name === 'Baton' ? await stage.product('throughput') : await stage.database('throughput')
  await contender.install(url)
  const caller = await contender.call(url)
  try {
    await caller.fill(count)
    const worker = await startWorker(name, { url, slots, batch })
    try {
      const limit = now() + 60_000
      while (worker.starts.size < count && now() < limit) await sleep(5)
      while ((await caller.left()) > 0 && now() < limit) await sleep(2)
      const seconds = (now() - Math.min(...worker.starts.values())) / 1000
      await caller.verify?.(count)
      return count / seconds
    } finally {
      await worker.kill()
    }
  } finally {
    await caller.close()
    await stage.drop('throughput')
  }
}
