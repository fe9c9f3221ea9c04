// 1,000 steps that do nothing, one before and one after 998 side by side, from the request to the end of the run. Beside
// it the same as a flow of pg-boss, with its resolver as it comes and workers that fetch again after each job.
import { setTimeout as sleep } from 'node:timers/promises'
import { beginRun } from '#lib/workflows/start.ts'
import { now, startWorker } from './contender.ts'
import { contenderNamed } from './contenders/all.ts'
import { emptyStep, workflowOf } from './empty-steps.ts'
import { type Figure, median, rounded } from './figures.ts'
import { openProduct } from './product.ts'
import type { Stage } from './stage.ts'

const TIMES = 3
const SLOTS = 16
const FACTOR = 10
const PEER = 'pg-boss flow()'

const MIDDLE = Array.from({ length: 998 }, (_, index) => `middle-${index}`)
const DAG = workflowOf('dag', [
  emptyStep('first'),
  ...MIDDLE.map((name) => emptyStep(name, ['first'])),
  emptyStep('last', MIDDLE),
])

export async function dag(stage: Stage): Promise<Figure[]> {
  const ours: number[] = []
  const theirs: number[] = []
  for (let time = 0; time < TIMES; time += 1) {
    ours.push(await inBaton(stage))
    theirs.push(await inFlow(stage))
  }
  const [mine, peer] = [rounded(median(ours)), rounded(median(theirs))]
  const most = rounded(peer / FACTOR)
  return [
    {
      name: 'dag_1000',
      unit: 's',
      ours: mine,
      peers: { [PEER]: peer },
      goal: `a tenth of ${PEER} (${most})`,
      met: mine <= most,
    },
  ]
}

async function inBaton(stage: Stage): Promise<number> {
  const url = await stage.product('dag')
  const product = await openProduct(url)
  const worker = await startWorker('Baton', { url, slots: SLOTS, batch: 1 })
  try {
    const input = { text: 'The parcel arrived late and damaged.' }
    const started = now()
    const id = await product.within((ctx) => beginRun(ctx, DAG, { input, engine: 'auto', priority: 'normal' }))
    for (;;) {
      const { rows } = await product.rows.query<{ status: string }>('select status from runs where id = $1', [id])
      if (rows[0]?.status === 'completed') break
      if (now() - started > 120_000) throw new Error(`The run is ${rows[0]?.status} after two minutes.`)
      await sleep(5)
    }
    const seconds = (now() - started) / 1_000
    const { rows } = await product.rows.query<{ steps: number }>(
      `select count(*)::int as steps from steps s join tasks t on t.id = s.task_id
        where s.run_id = $1 and s.status = 'completed' and t.status = 'completed'`,
      [id],
    )
    if (rows[0]?.steps !== DAG.steps.length) throw new Error(`${rows[0]?.steps} steps were completed.`)
    return seconds
  } finally {
    await worker.kill()
    await product.close()
    await stage.drop('dag')
  }
}

async function inFlow(stage: Stage): Promise<number> {
  const url = await stage.database('dag')
  const contender = await contenderNamed(PEER)
  await contender.install(url)
  const caller = await contender.call(url)
  const worker = await startWorker(PEER, { url, slots: SLOTS, batch: 1 })
  try {
    const started = now()
    await caller.fill(DAG.steps.length)
    while ((await caller.left()) > 0) {
      if (now() - started > 120_000) throw new Error('The flow did not end within two minutes.')
      await sleep(5)
    }
    return (now() - started) / 1_000
  } finally {
    await worker.kill()
    await caller.close()
    await stage.drop('dag')
  }
}
