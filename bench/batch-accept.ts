// A table of 10,000 texts of about 600 characters, from its bytes to the commit: afterwards nothing of it can be lost.
import { readFileSync } from 'node:fs'
import { readTable } from '#lib/batches/read-table.ts'
import { startQuery } from '#lib/batches/requests.ts'
import { startBatch } from '#lib/batches/start.ts'
import { now } from './contender.ts'
import { type Figure, median, rounded } from './figures.ts'
import { openProduct } from './product.ts'
import type { Stage } from './stage.ts'

const ROWS = 10_000
const TIMES = 5
const GOAL = 5

export async function batchAccept(stage: Stage): Promise<Figure[]> {
  const product = await openProduct(await stage.product('batch_accept'))
  try {
    const seconds: number[] = []
    for (let time = 0; time < TIMES; time += 1) {
      const bytes = tableOf(time)
      const started = now()
      const request = startQuery.parse({ name: `Lot ${time}`, worker: 'summarizer' })
      const { id } = await product.within((ctx) => startBatch(ctx, readTable(bytes), request))
      seconds.push((now() - started) / 1_000)
      const { rows } = await product.rows.query<{ items: number }>(
        'select count(*)::int as items from batch_items where batch_id = $1 and text_sha256 is not null',
        [id],
      )
      if (rows[0]?.items !== ROWS) throw new Error(`${rows[0]?.items} items were stored.`)
    }
    const ours = rounded(median(seconds))
    const goal = `at most ${GOAL}`
    return [{ name: 'batch_accept_10000', unit: 's', ours, peers: {}, goal, met: ours <= GOAL }]
  } finally {
    await product.close()
  }
}

/** No text is there twice, in this table or in an earlier one. */
function tableOf(lot: number): Buffer {
  const samples = JSON.parse(readFileSync('lib/workspaces/samples.json', 'utf8')) as { text: string }[]
  const text = (row: number) => samples[row % samples.length]?.text.slice(0, 560).replaceAll('"', '""')
  const rows = Array.from({ length: ROWS }, (_, row) => `${row},"Lot ${lot}, letter ${row}. ${text(row)}"`)
  return Buffer.from(`id,text\n${rows.join('\n')}\n`)
}
