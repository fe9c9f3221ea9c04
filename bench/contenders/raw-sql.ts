// The floor: a table, `for update skip locked`, LISTEN, and nothing that a product needs.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Caller, Contender, ServeOptions } from '../contender.ts'

const CLAIM = `update raw_job set state = 'active' where id in (
  select id from raw_job where state = 'created' order by seq limit $1 for update skip locked) returning id`
const FINISH = `update raw_job set state = 'completed' where id = any ($1::text[])`
const LEFT = `select count(*)::int as left from raw_job where state <> 'completed'`

function contender(lanes: (options: ServeOptions) => { count: number; size: number }): Contender {
  return {
    install: async (url) => {
      const client = new pg.Client(url)
      await client.connect()
      await client.query(`create table raw_job (id text primary key, seq bigint generated always as identity, state text not null default 'created');
        create index on raw_job (seq) where state = 'created'`)
      await client.end()
    },
    call,
    serve: (options, started) => serve(options.url, lanes(options), started),
  }
}

export const rawOneByOne = contender(({ slots }) => ({ count: slots, size: 1 }))
export const rawBatched = contender(({ batch }) => ({ count: 2, size: batch }))

async function serve(
  url: string,
  { count, size }: { count: number; size: number },
  started: (id: string) => void,
): Promise<void> {
  const listener = new pg.Client(url)
  await listener.connect()
  await listener.query('listen raw_job')
  const lanes = await Promise.all(Array.from({ length: count }, () => lane(url, size, started)))
  let next = 0
  listener.on('notification', () => {
    // One notification wakes one lane that rests; the others have work.
    const resting = lanes.findIndex((_, index) => !lanes[(next + index) % count]?.isBusy())
    const chosen = lanes[(next + Math.max(0, resting)) % count]
    next += 1
    chosen?.wake()
  })
  for (const each of lanes) each.wake()
}

async function lane(url: string, size: number, started: (id: string) => void) {
  const client = new pg.Client(url)
  await client.connect()
  let busy = false
  let again = false
  async function drain(): Promise<void> {
    busy = true
    do {
      again = false
      for (;;) {
        const { rows } = await client.query<{ id: string }>({ name: 'claim', text: CLAIM, values: [size] })
        if (rows.length === 0) break
        for (const { id } of rows) started(id)
        await client.query({ name: 'finish', text: FINISH, values: [rows.map(({ id }) => id)] })
      }
    } while (again)
    busy = false
  }
  return {
    isBusy: () => busy,
    wake: () => {
      again = true
      if (!busy) void drain()
    },
  }
}

async function call(url: string): Promise<Caller> {
  const pool = new pg.Pool({ connectionString: url, max: 3 })
  pool.on('error', () => {})
  return {
    submit: async () => {
      const id = randomUUID()
      await pool.query({
        name: 'submit',
        text: `with job as (insert into raw_job (id) values ($1)) select pg_notify('raw_job', '')`,
        values: [id],
      })
      return id
    },
    fill: async (count) => {
      await pool.query('truncate raw_job')
      await pool.query('insert into raw_job (id) select n::text from generate_series(1, $1::int) n', [count])
    },
    left: async () => (await pool.query<{ left: number }>(LEFT)).rows[0]?.left ?? 0,
    close: () => pool.end(),
  }
}
