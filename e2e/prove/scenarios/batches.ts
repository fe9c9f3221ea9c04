// Batches while what gives their items tasks, and carries those out, is killed.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { until } from '../../stack.ts'
import { pause, type Scenario, type World } from '../world.ts'

export const BATCH_SCENARIOS: Scenario[] = [
  {
    id: 'B1',
    title: 'a batch whose workers and database are killed again and again loses no item and does none twice',
    run: killedAmongItems,
  },
  {
    id: 'F46',
    title: 'a hard budget holds with twenty calls in flight whose workers are killed, and goes on when it is raised',
    run: heldByBudget,
  },
]

/** More than are in the queue at once, so that items get their tasks between the kills. */
const ROWS = 600
const KILLS = 5

async function killedAmongItems(world: World): Promise<void> {
  const { stack } = world
  const mark = randomUUID()
  stack.scriptModel({ when: mark, times: 0, delayMs: 40 })
  const table = `id,text\n${Array.from({ length: ROWS }, (_, row) => `${row},"Note ${row} of ${mark}. The parcel was late."`).join('\n')}`
  const id = await start(world, table)
  let openAtKills = 0
  for (let kill = 0; kill < KILLS; kill += 1) {
    await pause(700)
    openAtKills += (await standing(world, id)).completed < ROWS ? 1 : 0
    const index = kill % stack.workers.length
    await stack.killWorker(index, 'SIGKILL')
    if (kill === 2) {
      await stack.stopPostgres('kill')
      await stack.startPostgres()
    }
    await stack.startWorker(index)
  }
  await stack.ready()
  assert.equal(openAtKills, KILLS, 'the batch ended before the last kill, so this says nothing')
  await until(async () => (await standing(world, id)).completed === ROWS, 120_000, 'every item to be completed')
  assert.deepEqual(await standing(world, id), { items: ROWS, tasks: ROWS, texts: ROWS, completed: ROWS, results: ROWS })
  const again = await send(world, table)
  assert.equal(again?.status, 409)
  assert.equal(again?.body['batchId'], id)
}

const PRICE = { input: 1, output: 10 }
const USAGE = { prompt_tokens: 2_000, completion_tokens: 12_000, total_tokens: 14_000 }
const CAP_MICROS = 4_000_000
const BUDGETED_ROWS = 60

async function heldByBudget(world: World): Promise<void> {
  const { stack } = world
  const db = stack.admin()
  const mark = randomUUID()
  stack.scriptModel({ when: mark, times: 0, delayMs: 1_500, usage: USAGE })
  const price = randomUUID()
  await db.query(
    `insert into prices (id, model, effective_from, input_micros, output_micros) values ($1, 'fake-model', now(), $2, $3)`,
    [price, PRICE.input * 1_000_000, PRICE.output * 1_000_000],
  )
  const { rows } = await db.query(`select slots from worker_pools where worker = 'sentiment-analyzer'`)
  await setSlots(world, 10)
  try {
    const table = `text\n${Array.from({ length: BUDGETED_ROWS }, (_, row) => `Note ${row} of ${mark}.`).join('\n')}`
    const id = await start(world, table, `&capMicros=${CAP_MICROS}`)
    const asked = () => stack.model.calls.filter(({ body }) => JSON.stringify(body).includes(mark))
    await until(async () => asked().filter(({ endedAt }) => endedAt === null).length >= 15, 30_000, 'calls in flight')
    await Promise.all(stack.workers.map((_, index) => stack.killWorker(index, 'SIGKILL')))
    for (let index = 0; index < stack.workers.length; index += 1) await stack.startWorker(index)
    await stack.ready()
    await until(async () => (await budgetOf(world, id)).held, 60_000, 'the budget to be reached')
    // Each request counts as the provider would bill it, whether its answer was heard or not.
    const billed = () => asked().length * (USAGE.prompt_tokens * PRICE.input + USAGE.completion_tokens * PRICE.output)
    const held = await budgetOf(world, id)
    assert.ok(billed() <= CAP_MICROS, `the provider billed ${billed()} of ${CAP_MICROS}`)
    assert.ok(held.used <= CAP_MICROS && held.used >= billed(), `${held.used} used, ${billed()} billed`)
    assert.equal(held.used, held.ledger, 'the budget and the ledger disagree')
    assert.equal(held.sent, 0, 'a reservation is left over')
    assert.ok(held.unknown >= 15, 'no call was cut off, so this says nothing')
    await db.query('update budgets set cap_micros = 100000000 where id = $1', [id])
    await until(
      async () => (await standing(world, id)).completed === BUDGETED_ROWS,
      120_000,
      'every item to be completed',
    )
    const done = await budgetOf(world, id)
    assert.equal(done.used, done.ledger)
  } finally {
    await db.query('delete from prices where id = $1', [price])
    await setSlots(world, rows[0]?.slots ?? 1)
  }
}

async function setSlots({ stack }: World, slots: number): Promise<void> {
  await stack.admin().query(`update worker_pools set slots = $1 where worker = 'sentiment-analyzer'`, [slots])
}

type BudgetStanding = { used: number; ledger: number; sent: number; unknown: number; held: boolean }

async function budgetOf({ stack }: World, id: string): Promise<BudgetStanding> {
  const { rows } = await stack.admin().query<BudgetStanding>(
    `select b.used_micros::int as used, c.*, not exists (
        select from tasks where budget_id = b.id and status in ('pending', 'in_progress'))
        and exists (select from tasks where budget_id = b.id and reason = 'budget') as held
      from budgets b, lateral (
        select coalesce(sum(coalesce(cost_micros, reserved_micros)), 0)::int as ledger,
          count(*) filter (where state = 'sent')::int as sent, count(*) filter (where state = 'unknown')::int as unknown
        from calls join tasks t on t.id = calls.task_id where t.budget_id = b.id) c
      where b.id = $1`,
    [id],
  )
  return rows[0] ?? { used: 0, ledger: 0, sent: 0, unknown: 0, held: false }
}

type Standing = { items: number; tasks: number; texts: number; completed: number; results: number }

async function standing({ stack }: World, id: string): Promise<Standing> {
  const { rows } = await stack.admin().query<Standing>(
    `select (select count(*)::int from batch_items i join tasks t on t.id = i.task_id where i.batch_id = $1) as items,
      count(*)::int as tasks, count(distinct text_sha256)::int as texts,
      (count(*) filter (where status = 'completed'))::int as completed,
      (count(*) filter (where result is not null))::int as results
    from tasks where batch_id = $1`,
    [id],
  )
  return rows[0] ?? { items: 0, tasks: 0, texts: 0, completed: 0, results: 0 }
}

/** Sent again when no answer came: the same batch is told, and starts once. */
async function start(world: World, table: string, more = ''): Promise<string> {
  for (let tries = 0; tries < 30; tries += 1) {
    const answer = await send(world, table, more)
    if (answer?.status === 201) return String(answer.body['id'])
    if (answer?.status === 409) return String(answer.body['batchId'])
    assert.ok(answer === null || answer.status === 503, `${answer?.status} ${JSON.stringify(answer?.body)}`)
    await pause(500)
  }
  throw new Error('The batch was not accepted.')
}

async function send({ client }: World, table: string, more = '') {
  const query = `name=Killed&worker=sentiment-analyzer&engine=model&column=text${more}`
  const response = await fetch(`${client.baseUrl}/api/v1/workspaces/${client.workspace}/batches?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${client.apiKey}`, 'content-type': 'text/csv', connection: 'close' },
    body: table,
    signal: AbortSignal.timeout(20_000),
  }).catch(() => null)
  return response && { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
