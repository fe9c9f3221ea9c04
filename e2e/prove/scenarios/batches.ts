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
async function start(world: World, table: string): Promise<string> {
  for (let tries = 0; tries < 30; tries += 1) {
    const answer = await send(world, table)
    if (answer?.status === 201) return String(answer.body['id'])
    if (answer?.status === 409) return String(answer.body['batchId'])
    assert.ok(answer === null || answer.status === 503, `${answer?.status} ${JSON.stringify(answer?.body)}`)
    await pause(500)
  }
  throw new Error('The batch was not accepted.')
}

async function send({ client }: World, table: string) {
  const query = 'name=Killed&worker=sentiment-analyzer&engine=model&column=text'
  const response = await fetch(`${client.baseUrl}/api/v1/workspaces/${client.workspace}/batches?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${client.apiKey}`, 'content-type': 'text/csv', connection: 'close' },
    body: table,
    signal: AbortSignal.timeout(20_000),
  }).catch(() => null)
  return response && { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
