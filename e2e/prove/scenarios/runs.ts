// Runs of workflows while what carries them out is killed.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { until } from '../../stack.ts'
import { call, pause, type Scenario, type World } from '../world.ts'

export const RUN_SCENARIOS: Scenario[] = [
  {
    id: 'R1',
    title: 'runs whose workers and database are killed again and again lose no step and start none twice',
    run: killedAmongSteps,
  },
]

const RUNS = 12
const KILLS = 4
const STEPS = 6

async function killedAmongSteps(world: World): Promise<void> {
  const { stack } = world
  const mark = randomUUID()
  stack.scriptModel({ when: mark, times: 0, delayMs: 150 })
  const ids = await Promise.all(Array.from({ length: RUNS }, () => start(world, mark)))
  for (let kill = 0; kill < KILLS; kill += 1) {
    await pause(600)
    const index = kill % stack.workers.length
    await stack.killWorker(index, 'SIGKILL')
    if (kill === 1) {
      await stack.stopPostgres('kill')
      await stack.startPostgres()
    }
    await stack.startWorker(index)
  }
  await stack.ready()
  const standing = async () =>
    (
      await stack.admin().query<{ id: string; status: string; steps: string; tasks: number; results: number }>(
        `select r.id, r.status, (select string_agg(distinct s.status, ',') from steps s where s.run_id = r.id) as steps,
          (select count(*)::int from tasks t where t.run_id = r.id) as tasks,
          (select count(*)::int from tasks t where t.run_id = r.id and t.result is not null) as results
        from runs r where r.id = any($1::uuid[])`,
        [ids],
      )
    ).rows
  await until(async () => (await standing()).every(({ status }) => status !== 'in_progress'), 60_000, 'the runs to end')
  assert.deepEqual(
    (await standing()).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    ids.toSorted().map((id) => ({ id, status: 'completed', steps: 'completed', tasks: STEPS, results: STEPS })),
  )
}

/** Repeats with the same key what got no answer. */
async function start({ client }: World, mark: string): Promise<string> {
  const key = randomUUID()
  const body = {
    workflow: 'complete-analysis',
    engine: 'model',
    input: { text: `Note ${mark}. The parcel arrived on 3 April. The box was torn. Please refund $40 by Friday.` },
  }
  for (let tries = 0; ; tries += 1) {
    const answer = await call(client, 'POST', '/runs', { body, key }).catch(() => null)
    if (answer?.status === 201) return String(answer.body['id'])
    assert.ok(
      tries < 60 && (answer === null || answer.status === 503),
      `${answer?.status} ${JSON.stringify(answer?.body)}`,
    )
    await pause(500)
  }
}
