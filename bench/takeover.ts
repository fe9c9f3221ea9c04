// SIGKILL of the worker process that runs a task → the task runs in another one.
import { setTimeout as sleep } from 'node:timers/promises'
import { cancelTask } from '#lib/tasks/cancel.ts'
import { now, startWorker, type WorkerProcess } from './contender.ts'
import { contenderNamed } from './contenders/all.ts'
import { type Figure, median, percentile, rounded } from './figures.ts'
import { openProduct, type Product, type ProductWorker, startModel, startProductWorker, until } from './product.ts'
import type { Stage } from './stage.ts'

const KILLS = 15
const PEER_KILLS = 3
const PEER = 'pg-boss heartbeat 10 s'

export async function takeover(stage: Stage): Promise<Figure[]> {
  const ours = rounded(percentile(await oursAfterKill(stage), 0.95))
  const peer = rounded(median(await peerAfterKill(stage)))
  return [{ name: 'takeover_p95', unit: 'ms', ours, peers: { [PEER]: peer }, goal: 'at most 1000', met: ours <= 1_000 }]
}

async function oursAfterKill(stage: Stage): Promise<number[]> {
  const url = await stage.product('takeover')
  const product = await openProduct(url)
  const model = await startModel(60_000)
  const start = (): Promise<ProductWorker> => startProductWorker(url, product.rows, model.settings)
  const workers = [await start(), await start()]
  const times: number[] = []
  try {
    for (let kill = 0; kill < KILLS; kill += 1) {
      const id = await product.submit({ worker: 'summarizer', input: { text: `Text ${kill}.` }, engine: 'model' })
      const pid = await runningIn(product, id, 1)
      const index = workers.findIndex((worker) => worker.pid === pid)
      // Somewhere in the middle of its work, not at the moment of its start.
      await sleep(200 + Math.random() * 500)
      const killedAt = await databaseTime(product)
      await workers[index]?.kill()
      await runningIn(product, id, 2)
      times.push((await startOf(product, id, 2)) - killedAt)
      await product.within((ctx) => cancelTask(ctx, id))
      workers[index] = await start()
    }
    return times
  } finally {
    await Promise.all(workers.map((worker) => worker.kill()))
    await model.kill()
    await product.close()
  }
}

/** The pid of the process that runs the task's nth attempt, once there is one. */
async function runningIn(product: Product, id: string, attempts: number): Promise<number> {
  let pid = 0
  await until(async () => {
    const { rows } = await product.rows.query<{ pid: number; n: number }>(
      `select p.pid, (select count(*)::int from attempts a where a.task_id = t.id) as n
        from tasks t join worker_processes p on p.id = t.process_id where t.id = $1 and t.status = 'in_progress'`,
      [id],
    )
    pid = rows[0]?.pid ?? 0
    return (rows[0]?.n ?? 0) >= attempts
  }, 30_000)
  return pid
}

async function databaseTime(product: Product): Promise<number> {
  const { rows } = await product.rows.query<{ at: number }>('select extract(epoch from clock_timestamp()) * 1000 as at')
  return Number(rows[0]?.at)
}

async function startOf(product: Product, id: string, attempt: number): Promise<number> {
  const { rows } = await product.rows.query<{ at: number }>(
    'select extract(epoch from started_at) * 1000 as at from attempts where task_id = $1 order by epoch offset $2 limit 1',
    [id, attempt - 1],
  )
  return Number(rows[0]?.at)
}

/** Each time on a new database, as a job that was killed comes back for a while. */
async function peerAfterKill(stage: Stage): Promise<number[]> {
  const times: number[] = []
  for (let kill = 0; kill < PEER_KILLS; kill += 1) times.push(await peerKill(await stage.database('takeover_peer')))
  return times
}

async function peerKill(url: string): Promise<number> {
  const contender = await contenderNamed(PEER)
  await contender.install(url)
  const caller = await contender.call(url)
  const workers: WorkerProcess[] = []
  try {
    for (let n = 0; n < 2; n += 1) workers.push(await startWorker(PEER, { url, slots: 1, batch: 1 }))
    const id = await caller.submit()
    const holderOf = (): WorkerProcess | undefined => workers.find((worker) => worker.starts.has(id))
    await until(async () => holderOf() !== undefined, 30_000)
    const holder = holderOf()
    const other = workers.find((worker) => worker !== holder)
    await sleep(200 + Math.random() * 500)
    const killedAt = now()
    await holder?.kill()
    await until(async () => other?.starts.has(id) ?? false, 60_000)
    return (other?.starts.get(id) ?? Number.POSITIVE_INFINITY) - killedAt
  } finally {
    await Promise.all(workers.map((worker) => worker.kill()))
    await caller.close()
  }
}
