// Submit → handler start, with one task every so often: what a person waits before anything happens.
import { setTimeout as sleep } from 'node:timers/promises'
import { now, startWorker } from './contender.ts'
import { contenderNamed } from './contenders/all.ts'
import { type Figure, median, percentile, rounded } from './figures.ts'
import type { Stage } from './stage.ts'

const NAMES = ['Baton', 'pg-boss work() polling', 'pg-boss work() notify', 'graphile-worker', 'raw SQL with LISTEN']
const REPETITIONS = 6
const SAMPLES = 60
const SLOTS = 16
const EVERY_MS = 50

export async function pickup(stage: Stage): Promise<Figure[]> {
  const waits = new Map<string, number[][]>(NAMES.map((name) => [name, []]))
  const urls = new Map<string, string>()
  for (const [index, name] of NAMES.entries()) {
    const url = name === 'Baton' ? await stage.product('pickup_ours') : await stage.database(`pickup_${index}`)
    await (await contenderNamed(name)).install(url)
    urls.set(name, url)
  }
  for (let repetition = 0; repetition < REPETITIONS; repetition += 1)
    for (const name of NAMES) waits.get(name)?.push(await measure(name, urls.get(name) ?? ''))
  return [figure('pickup_p50', 0.5, 2, waits), figure('pickup_p95', 0.95, 3, waits)]
}

async function measure(name: string, url: string): Promise<number[]> {
  const contender = await contenderNamed(name)
  const worker = await startWorker(name, { url, slots: SLOTS, batch: 1 })
  const caller = await contender.call(url)
  try {
    const submitted = new Map<string, number>()
    const one = async (): Promise<void> => {
      const at = now()
      submitted.set(await caller.submit(), at)
    }
    // Connections, plans and compiled code are warm in a process that runs for days.
    for (let warm = 0; warm < 20; warm += 1) {
      await one()
      await sleep(EVERY_MS)
    }
    const skipped = new Set(submitted.keys())
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      await one()
      await sleep(EVERY_MS * (0.5 + Math.random()))
    }
    for (const until = Date.now() + 10_000; worker.starts.size < submitted.size && Date.now() < until;) await sleep(20)
    return [...submitted]
      .filter(([id]) => !skipped.has(id))
      .map(([id, at]) => (worker.starts.get(id) ?? Number.POSITIVE_INFINITY) - at)
  } finally {
    await worker.kill()
    await caller.close()
  }
}

function figure(name: string, share: number, times: number, waits: Map<string, number[][]>): Figure {
  const of = (contender: string): number =>
    rounded(median((waits.get(contender) ?? []).map((values) => percentile(values, share))))
  const ours = of('Baton')
  const peers = Object.fromEntries(NAMES.slice(1).map((peer) => [peer, of(peer)]))
  const floor = of('raw SQL with LISTEN')
  const boss = Math.min(of('pg-boss work() notify'), of('pg-boss work() polling'))
  return {
    name,
    unit: 'ms',
    ours,
    peers,
    goal: `at most ${times} × raw SQL (${rounded(times * floor)}), and below pg-boss work()`,
    met: ours <= times * floor && ours < boss,
  }
}
