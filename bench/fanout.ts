// Six workers over one text, asked for at once, with a model that takes 200 ms: how much later than the longest call
// the last result is there.
import { readFileSync } from 'node:fs'
import { WORKERS } from '#lib/workers/registry.ts'
import { now } from './contender.ts'
import { type Figure, median, rounded } from './figures.ts'
import { openProduct, type Product, startModel, startProductWorker, until } from './product.ts'
import type { Stage } from './stage.ts'

const CALL_MS = 200
const RUNS = 15
const WARM = 20

export async function fanout(stage: Stage): Promise<Figure[]> {
  const url = await stage.product('fanout')
  const product = await openProduct(url)
  const model = await startModel(CALL_MS)
  const worker = await startProductWorker(url, product.rows, model.settings)
  try {
    const times: number[] = []
    for (let run = -WARM; run < RUNS; run += 1) {
      const multiple = await once(product, run)
      if (run >= 0) times.push(multiple)
    }
    const ours = rounded(median(times))
    return [
      { name: 'fanout_makespan', unit: '× the longest call', ours, peers: {}, goal: 'at most 1.15', met: ours <= 1.15 },
    ]
  } finally {
    await worker.kill()
    await model.kill()
    await product.close()
  }
}

/** The text is the same for all six, and new for each run. */
async function once(product: Product, run: number): Promise<number> {
  const sample = JSON.parse(readFileSync('lib/workspaces/samples.json', 'utf8')) as { text: string }[]
  const text = `${sample[0]?.text.slice(0, 1_500)}\nRun ${run}.`
  const started = now()
  const ids = await Promise.all(
    WORKERS.map(({ name }) => product.submit({ worker: name, input: { text }, engine: 'model' })),
  )
  let ended = 0
  await until(
    async () => {
      const { rows } = await product.rows.query<{ left: number }>(
        'select count(*)::int as left from tasks where id = any ($1::uuid[]) and finished_at is null',
        [ids],
      )
      ended = now()
      return rows[0]?.left === 0
    },
    20_000,
    1,
  )
  const { rows } = await product.rows.query<{ status: string; longest: number }>(
    `select t.status, max(extract(epoch from c.finished_at - c.started_at) * 1000)::float8 as longest
      from tasks t join calls c on c.task_id = t.id where t.id = any ($1::uuid[]) group by t.id`,
    [ids],
  )
  if (rows.length < ids.length || rows.some(({ status }) => status !== 'completed'))
    throw new Error(`Not all six were completed: ${rows.map(({ status }) => status).join(', ')}`)
  return (ended - started) / Math.max(CALL_MS, ...rows.map(({ longest }) => longest))
}
