// Submit → handler start, with one task every so often: what a person waits before anything happens.
import { setTimeout as sleep } from 'node:timers/promises'
import { type Caller, now, startWorker, type WorkerProcess } from './contender.ts'
import { contenderNamed } from './contenders/all.ts'
import { type Figure, percentile, rounded } from './figures.ts'
import type { Stage } from './stage.ts'

const NAMES = ['Baton', 'pg-boss work() polling', 'pg-boss work() notify', 'graphile-worker', 'raw SQL with LISTEN']
const SAMPLES = 360
const WARM = 20
const SLOTS = 16
const EVERY_MS = 50

export async function pickup(stage: Stage): Promise<Figure[]> {
  const open: Open[] = []
  try {
    for (const [index, name] of NAMES.entries())
      open.push(
        await start(
          name,
          name === 'Baton' ? await stage.product('pickup_ours') : await stage.database(`pickup_${index}`),
        ),
      )
    // Connections, plans and compiled code are warm in a process that runs for days.
    await takeTurns(open, WARM)
    for (const { submitted } of open) submitted.clear()
    await takeTurns(open, SAMPLES)
    const waits = new Map<string, number[]>()
    for (const one of open) waits.set(one.name, await waitsOf(one))
    return [figure('pickup_p50', 0.5, 2, waits), figure('pickup_p95', 0.95, 3, waits)]
  } finally {
    for (const { worker, caller } of open) {
      await worker.kill()
      await caller.close()
    }
  }
}

type Open = { name: string; worker: WorkerProcess; caller: Caller; submitted: Map<string, number> }

async function start(name: string, url: string): Promise<Open> {
  const contender = await contenderNamed(name)
  await contender.install(url)
  const worker = await startWorker(name, { url, slots: SLOTS, batch: 1 })
  return { name, worker, caller: await contender.call(url), submitted: new Map() }
}

/** One task each in turn, so that a busy moment of the machine meets everyone. */
async function takeTurns(open: Open[], rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1)
    for (const { caller, submitted } of open) {
      const at = now()
      submitted.set(await caller.submit(), at)
      await sleep(EVERY_MS * (0.5 + Math.random()))
    }
}

async function waitsOf({ worker, submitted }: Open): Promise<number[]> {
  const missing = () => [...submitted.keys()].some((id) => !worker.starts.has(id))
  for (const until = Date.now() + 10_000; missing() && Date.now() < until;) await sleep(20)
  return [...submitted].map(([id, at]) => (worker.starts.get(id) ?? Number.POSITIVE_INFINITY) - at)
}

function figure(name: string, share: number, times: number, waits: Map<string, number[]>): Figure {
  const of = (contender: string): number => rounded(percentile(waits.get(contender) ?? [], share))
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
