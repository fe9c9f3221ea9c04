// A chain of three steps that do nothing: what lies between the start of one handler and the start of the next. Settling
// the task, moving the run, accepting the next task and claiming it are in it.
import { beginRun } from '#lib/workflows/start.ts'
import { now, startWorker } from './contender.ts'
import { emptyStep, workflowOf } from './empty-steps.ts'
import { type Figure, median, percentile, rounded } from './figures.ts'
import { openProduct, until } from './product.ts'
import type { Stage } from './stage.ts'

const RUNS = 100
const WARM = 20
const GOAL = 15
const CHAIN = workflowOf('chain', [emptyStep('first'), emptyStep('second', ['first']), emptyStep('third', ['second'])])

export async function chain(stage: Stage): Promise<Figure[]> {
  const url = await stage.product('chain')
  const product = await openProduct(url)
  const worker = await startWorker('Baton', { url, slots: 4, batch: 1 })
  try {
    const times: number[] = []
    for (let run = -WARM; run < RUNS; run += 1) {
      const before = worker.startedCount()
      const input = { text: `The parcel of run ${run} arrived late.` }
      const id = await product.within((ctx) => beginRun(ctx, CHAIN, { input, engine: 'auto', priority: 'normal' }))
      const limit = now() + 10_000
      while (worker.startedCount() < before + 3) {
        if (now() > limit) throw new Error(`Run ${id} did not end.`)
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
      const starts = [...worker.starts.values()].slice(-3).toSorted((a, b) => a - b)
      if (run >= 0) times.push(((starts[2] ?? 0) - (starts[0] ?? 0)) / 2)
      await until(async () => {
        const { rows } = await product.rows.query<{ status: string }>('select status from runs where id = $1', [id])
        return rows[0]?.status === 'completed'
      }, 5_000)
    }
    const ours = rounded(median(times))
    console.log(`chain_step_overhead: p95 ${rounded(percentile(times, 0.95))} ms`)
    const goal = `at most ${GOAL}`
    return [{ name: 'chain_step_overhead', unit: 'ms', ours, peers: {}, goal, met: ours <= GOAL }]
  } finally {
    await worker.kill()
    await product.close()
  }
}
