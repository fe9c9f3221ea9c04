// Baton's own queue and dispatcher, with a handler that does nothing. Everything that a task leaves behind is written.
import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import { openDatabase } from '#lib/db/client.ts'
import { texts } from '#lib/db/schema.ts'
import { takePlaces } from '#lib/queue/tags.ts'
import type { Handler } from '../../worker/dispatcher.ts'
import { startWorker } from '../../worker/process.ts'
import type { Caller, Contender } from '../contender.ts'
import { openProduct, type Product } from '../product.ts'

const WORKER = 'sentiment-analyzer'
const TEXT = 'The parcel arrived late and damaged. Please refund me 20 euros by Friday.'

export const baton: Contender = {
  install: async () => {},
  call,
  serve: async ({ url, slots }, started) => {
    await setSlots(url, slots)
    await startWorker({ url, handle: () => handler(started), describe: DESCRIBE })
  },
}

const DESCRIBE = { version: 'bench', modelOn: false, model: null, endpointHost: null }
const RESULT = JSON.stringify({
  label: 'negative',
  score: -0.5,
  explanation: 'The writer complains and wants money back.',
})

function handler(started: (id: string) => void): Handler {
  return async ({ id }) => {
    started(id)
    return {
      status: 'completed',
      outcome: 'completed',
      event: 'completed',
      counted: true,
      result: RESULT,
      data: { engine: 'rules' },
    }
  }
}

async function setSlots(url: string, slots: number): Promise<void> {
  const { pool, close } = openDatabase(url, 'baton_worker', { max: 1 })
  await pool.query('update worker_pools set slots = $2 where worker = $1', [WORKER, slots])
  await close()
}

async function call(url: string): Promise<Caller> {
  const product = await openProduct(url)
  return {
    submit: () => product.submit({ worker: WORKER, input: { text: TEXT } }),
    fill: async (count) => {
      for (let done = 0; done < count; done += 2_000) await fillSome(product, Math.min(2_000, count - done))
      await product.rows.query('analyze tasks')
    },
    left: async () => {
      const { rows } = await product.rows.query<{ left: number }>(
        'select count(*)::int as left from tasks where finished_at is null',
      )
      return rows[0]?.left ?? 0
    },
    verify: (count) => verify(product, count),
    close: product.close,
  }
}

/** As submitting does, for many tasks in one transaction. */
function fillSome({ workspaceId, within }: Product, count: number): Promise<void> {
  return within(async ({ tx, queue }) => {
    const sha256 = createHash('sha256').update(TEXT).digest()
    await tx.insert(texts).values({ workspaceId, sha256, body: TEXT }).onConflictDoNothing()
    const places = await takePlaces(tx, { queue: WORKER, workspaceId, priority: 'normal', count })
    const tickets = places.map((place) => ({ id: newId(), engine: 'auto' as const, ...place }))
    const rows = JSON.stringify(tickets.map(({ id, tag }) => ({ id, tag })))
    await tx.execute(sql`
      with d as (select * from jsonb_to_recordset(${rows}::jsonb) as d(id uuid, tag bigint)),
      t as (insert into tasks (id, workspace_id, worker, title, options, text_sha256, preview, tag, seq)
        select id, ${workspaceId}, ${WORKER}, 'A parcel', '{}', ${sha256}, ${TEXT}, tag, 1 from d)
      insert into events (workspace_id, task_id, seq, type) select ${workspaceId}, id, 1, 'submitted' from d`)
    await queue.send(tx, WORKER, tickets)
  })
}

async function verify({ rows }: Product, count: number): Promise<void> {
  const { rows: found } = await rows.query<Record<string, number>>(
    `
    select (select count(*)::int from tasks where status = 'completed' and result is not null) as results,
      (select count(*)::int from attempts where outcome = 'completed' and finished_at is not null) as attempts,
      (select count(*)::int from (select from events group by task_id having count(*) = 3 and max(seq) = 3) e) as histories,
      (select count(*)::int from pgboss.job where name = $1 and state = 'completed') as tickets`,
    [WORKER],
  )
  const wrong = Object.entries(found[0] ?? {}).filter(([, number]) => number !== count)
  if (wrong.length > 0) throw new Error(`Not everything was written: ${JSON.stringify(Object.fromEntries(wrong))}`)
}
