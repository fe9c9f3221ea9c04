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
  {
    id: 'R2',
    title: 'lists, waits and workflows within workflows go through the same kills, each item and each inner run once',
    run: killedAmongKinds,
  },
]

const RUNS = 12
const KILLS = 4
const STEPS = 6

async function killedAmongSteps(world: World): Promise<void> {
  const { stack } = world
  const mark = randomUUID()
  stack.scriptModel({ when: mark, times: 0, delayMs: 150 })
  const ids = await Promise.all(
    Array.from({ length: RUNS }, () =>
      start(world, {
        workflow: 'complete-analysis',
        text: `Note ${mark}. The parcel arrived on 3 April. The box was torn. Please refund $40 by Friday.`,
      }),
    ),
  )
  await killAgainAndAgain(world)
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

async function killAgainAndAgain({ stack }: World): Promise<void> {
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
}

const PAGES = 4
/** A list of four pages, a summary, an analysis and the questions; joins, checks and conditions have no task. */
const INNER = { steps: 7, tasks: PAGES + 3 }

async function killedAmongKinds(world: World): Promise<void> {
  const { stack, client } = world
  const mark = randomUUID()
  const name = `outer-${mark.slice(0, 8)}`
  const draft = {
    title: 'Outer',
    summary: 'Waits, then runs another workflow.',
    steps: [
      { name: 'pause', title: 'Pause', kind: 'wait', seconds: 1 },
      { name: 'inner', title: 'Inner', kind: 'workflow', needs: ['pause'], workflow: 'evidence-coordination' },
    ],
  }
  const made = await call(client, 'POST', '/workflows', { body: { name, draft } })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const published = await call(client, 'POST', `/workflows/${name}/publish`, { body: { revision: 1 } })
  assert.equal(published.status, 201, JSON.stringify(published.body))
  stack.scriptModel({ when: mark, times: 0, delayMs: 150 })
  const text = Array.from({ length: PAGES }, (_, page) => `Page ${page} of ${mark}. Please send 40 euros by Friday.`)
  const ids = await Promise.all(
    Array.from({ length: RUNS }, () => start(world, { workflow: name, text: text.join('\f') })),
  )
  await killAgainAndAgain(world)
  const standing = async () =>
    (
      await stack.admin().query<Record<string, unknown>>(
        `select r.id, r.status, count(distinct c.id)::int as inner, min(c.status) as inner_status,
          (select count(*)::int from steps s where s.run_id = any(array_agg(c.id)) and s.item = 0 and s.status = 'completed') as steps,
          (select count(*)::int from steps s where s.run_id = any(array_agg(c.id)) and s.item > 0 and s.status = 'completed') as items,
          (select count(*)::int from tasks t where t.run_id = any(array_agg(c.id))) as tasks,
          (select count(*)::int from tasks t where t.run_id = any(array_agg(c.id)) and t.result is not null) as results
        from runs r left join runs c on c.parent_run_id = r.id where r.id = any($1::uuid[]) group by r.id order by r.id`,
        [ids],
      )
    ).rows
  const open = async () => (await standing()).filter(({ status }) => status === 'in_progress')
  await until(async () => (await open()).length === 0, 90_000, 'the runs to end')
  assert.deepEqual(
    await standing(),
    ids.toSorted().map((id) => ({
      id,
      status: 'completed',
      inner: 1,
      inner_status: 'completed',
      steps: INNER.steps,
      items: PAGES,
      tasks: INNER.tasks,
      results: INNER.tasks,
    })),
  )
}

/** Repeats with the same key what got no answer. */
async function start({ client }: World, { workflow, text }: { workflow: string; text: string }): Promise<string> {
  const key = randomUUID()
  const body = { workflow, engine: 'model', input: { text } }
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
