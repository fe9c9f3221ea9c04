// What a worker process holds in memory: at rest before the built-in engine is loaded, and over 20,000 tasks.
import { execFileSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { startWorker } from './contender.ts'
import { contenderNamed } from './contenders/all.ts'
import { type Figure, median, rounded } from './figures.ts'
import { openProduct, startModel, startProductWorker } from './product.ts'
import type { Stage } from './stage.ts'

const REPETITIONS = 3
const SETTLE_MS = 5_000
const TASKS = 20_000
/** From here on everything that is loaded once is loaded. */
const WARM_TASKS = 4_000
const WINDOW = 2_000
const PEERS = ['pg-boss work() notify', 'graphile-worker']

export async function idleMemory(stage: Stage): Promise<Figure[]> {
  const url = await stage.product('memory_idle')
  const product = await openProduct(url)
  const own: number[] = []
  const peers: Record<string, number> = {}
  try {
    for (let repetition = 0; repetition < REPETITIONS; repetition += 1) {
      const worker = await startProductWorker(url, product.rows)
      await sleep(SETTLE_MS)
      own.push(megabytes(worker.pid))
      await worker.kill()
    }
    for (const [index, peer] of PEERS.entries()) {
      const peerUrl = await stage.database(`memory_peer_${index}`)
      await (await contenderNamed(peer)).install(peerUrl)
      const worker = await startWorker(peer, { url: peerUrl, slots: 8, batch: 1 })
      await sleep(SETTLE_MS)
      peers[peer] = rounded(megabytes(worker.pid))
      await worker.kill()
    }
  } finally {
    await product.close()
  }
  const ours = rounded(median(own))
  return [{ name: 'worker_rss_idle', unit: 'MB', ours, peers, goal: 'at most 150', met: ours <= 150 }]
}

export async function memoryGrowth(stage: Stage): Promise<Figure[]> {
  const url = await stage.product('memory_growth')
  const product = await openProduct(url)
  const model = await startModel(0)
  await product.setSlots(8)
  const worker = await startProductWorker(url, product.rows, model.settings)
  const early: number[] = []
  const late: number[] = []
  let submitted = 0
  const feed = async (): Promise<void> => {
    while (submitted < TASKS) {
      submitted += 1
      const text = `The parcel of order ${submitted} arrived late and damaged. Please refund me 20 euros by Friday.`
      await product.submit({ worker: 'sentiment-analyzer', input: { text }, engine: 'model' })
    }
  }
  const feeding = Promise.all(Array.from({ length: 6 }, feed))
  try {
    for (let done = 0; done < TASKS;) {
      await sleep(200)
      const { rows } = await product.rows.query<{ done: number }>(
        `select count(*)::int as done from tasks where status = 'completed'`,
      )
      const more = rows[0]?.done ?? 0
      if (more === done && submitted >= TASKS && more < TASKS) await sleep(200)
      done = more
      if (done >= WARM_TASKS && done < WARM_TASKS + WINDOW) early.push(megabytes(worker.pid))
      if (done >= TASKS - WINDOW) late.push(megabytes(worker.pid))
    }
    await feeding
  } finally {
    await worker.kill()
    await model.kill()
    await product.close()
  }
  console.log(
    `worker_rss_growth: ${rounded(median(early))} MB after ${WARM_TASKS} tasks, ${rounded(median(late))} MB after ${TASKS}.`,
  )
  const ours = rounded(median(late) / median(early))
  return [
    { name: 'worker_rss_growth', unit: '× after 20,000 tasks', ours, peers: {}, goal: 'at most 1.1', met: ours <= 1.1 },
  ]
}

function megabytes(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)]).toString()) / 1024
}
