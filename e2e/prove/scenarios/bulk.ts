// Many tasks at once.
import assert from 'node:assert/strict'
import { becomes, call, count, type Scenario, type World } from '../world.ts'

export const BULK_SCENARIOS: Scenario[] = [
  { id: 'F32', title: 'retry-all on 5,000 failed tasks, clicked twice, sends each back once', run: retryAllTwice },
]

const MANY = 5_000

async function retryAllTwice(world: World): Promise<void> {
  const { stack, client } = world
  for (const index of stack.workers.keys()) await stack.killWorker(index, 'SIGTERM')
  await seedFailures(world)
  const all = { body: { query: { status: ['failed'] } } }
  const clicks = await Promise.all([1, 2].map(() => call(client, 'POST', '/tasks/retry', all)))
  // Who waits for the other click's rows for too long is told so, and clicks again.
  const answers = await Promise.all(
    clicks.map(async (click) => (click.status === 503 ? call(client, 'POST', '/tasks/retry', all) : click)),
  )
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200],
  )
  assert.equal(
    answers.reduce((sum, { body }) => sum + Number(body['changed']), 0),
    MANY,
  )
  const { rows } = await stack.admin().query(
    `select status, retried, tickets, count(*)::int as tasks from (
       select t.status, (select count(*)::int from events e where e.task_id = t.id and e.type = 'retried') as retried,
              (select count(*)::int from pgboss.job j where j.id = t.id and j.state in ('created', 'retry', 'active')) as tickets
         from tasks t where t.workspace_id = $1) seen group by 1, 2, 3`,
    [client.workspaceId],
  )
  assert.deepEqual(rows, [{ status: 'pending', retried: 1, tickets: 1, tasks: MANY }])

  const { rows: left } = await stack
    .admin()
    .query<{ id: string }>(`select id from tasks where workspace_id = $1 order by id limit 10`, [client.workspaceId])
  const kept = left.map(({ id }) => id)
  await stack
    .admin()
    .query(`update tasks set external_id = 'dropped' where workspace_id = $1 and id <> all($2)`, [
      client.workspaceId,
      kept,
    ])
  const dropped = await call(client, 'POST', '/tasks/cancel', { body: { query: { externalId: 'dropped' } } })
  assert.deepEqual([dropped.status, dropped.body['changed']], [200, MANY - kept.length], JSON.stringify(dropped.body))
  for (const index of stack.workers.keys()) await stack.startWorker(index)
  await stack.ready()
  for (const id of kept) await becomes(world, id, 'completed')
  assert.equal(
    await count(world, `select count(*) as n from tasks where workspace_id = $1 and status = 'completed'`, [
      client.workspaceId,
    ]),
    kept.length,
  )
}

/** As workers leave them after one attempt that failed for good. */
async function seedFailures({ stack, client }: World): Promise<void> {
  const text = 'The parcel arrived on 3 April. The box was torn.'
  await stack
    .admin()
    .query(`insert into texts (workspace_id, sha256, body) values ($1, sha256(convert_to($2, 'UTF8')), $2)`, [
      client.workspaceId,
      text,
    ])
  await stack.admin().query(
    `with t as (
       insert into tasks (id, workspace_id, worker, title, options, text_sha256, preview, engine, status, error, seq,
                          epoch, attempts_used, started_at, finished_at)
       select uuidv7(), $1, (array['summarizer', 'sentiment-analyzer'])[1 + n % 2], 'Failed ' || n, '{}',
              sha256(convert_to($2, 'UTF8')), $2, 'rules', 'failed', '{"code":"x","message":"y"}', 3, 1, 1, now(), now()
         from generate_series(1, $3) n returning id, workspace_id),
     a as (insert into attempts (workspace_id, task_id, epoch, outcome, finished_at)
       select workspace_id, id, 1, 'failed', now() from t)
     insert into events (workspace_id, task_id, seq, type)
     select workspace_id, id, seq, type from t, unnest(array['submitted', 'started', 'failed']) with ordinality as e(type, seq)`,
    [client.workspaceId, text, MANY],
  )
}
