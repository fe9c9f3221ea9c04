// What starts workflows by itself, and the calls that they make, while what carries both out is killed.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { until } from '../../stack.ts'
import { call, pause, type Scenario, type World } from '../world.ts'

export const TRIGGER_SCENARIOS: Scenario[] = [
  {
    id: 'T1',
    title:
      'schedules and calls go through kills: each cause starts one run, missed slots one for all, and each delivery arrives under one id',
    run: killedAmongFirings,
  },
]

const SCHEDULES = 6
const CALLS = 10
const ROUNDS = 5
/** Long enough for kills to hit calls that are under way. */
const ANSWER_MS = 200

async function killedAmongFirings(world: World): Promise<void> {
  const { stack, client } = world
  const received: string[] = []
  const receiver = createServer((request, response) => {
    received.push(String(request.headers['webhook-id']))
    setTimeout(() => response.writeHead(200).end(), ANSWER_MS)
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  try {
    const { port } = receiver.address() as AddressInfo
    const workflow = await publish(world, `http://127.0.0.1:${port}/`)
    for (let index = 0; index < SCHEDULES; index += 1)
      await trigger(world, workflow, {
        kind: 'schedule',
        cron: `${index} * * * *`,
        timeZone: 'UTC',
        text: `Slot ${index}`,
      })
    const hook = await trigger(world, workflow, { kind: 'webhook' })
    const due: string[] = []
    let openAtKills = 0
    const calls = inbound(client.baseUrl, hook)
    for (let round = 0; round < ROUNDS; round += 1) {
      due.push(...(await makeDue(world)))
      await pause(900)
      openAtKills += await underWay(world)
      const index = round % stack.workers.length
      await stack.killWorker(index, 'SIGKILL')
      if (round === 2) {
        await stack.stopPostgres('kill')
        await stack.startPostgres()
      }
      await stack.startWorker(index)
    }
    await stack.ready()
    const answers = await calls
    assert.ok(openAtKills >= ROUNDS, 'too little was under way at the kills, so this says nothing')
    await until(async () => (await open(world, due)) === 0, 90_000, 'every run to end')
    const found = await standing(world)
    const slots = found.filter(({ slot }) => slot !== null).map(({ trigger: id, slot }) => `${id} ${slot}`)
    assert.deepEqual(slots.toSorted(), due.toSorted(), 'each slot that was due has fired once, however many it missed')
    const called = found.filter(({ slot }) => slot === null)
    assert.deepEqual(called.map(({ run }) => run).toSorted(), [...new Set(answers)].toSorted())
    assert.equal(called.length, CALLS)
    assert.equal(new Set(found.map(({ run }) => run)).size, found.length, 'each firing has a run of its own')
    assert.deepEqual([...new Set(found.map(({ status }) => status))], ['completed'])
    assert.deepEqual([...new Set(found.map(({ deliveries }) => deliveries))], [1], 'each run has made one call')
    assert.deepEqual([...new Set(received)].toSorted(), found.map(({ delivery }) => delivery).toSorted())
  } finally {
    receiver.closeAllConnections()
    await new Promise((resolve) => receiver.close(resolve))
  }
}

async function publish({ client }: World, url: string): Promise<string> {
  const name = `calls-${randomUUID().slice(0, 8)}`
  const steps = [{ name: 'tell', title: 'Tell', kind: 'webhook', url }]
  const draft = { title: 'Calls', summary: 'Tells a server.', steps }
  const made = await call(client, 'POST', '/workflows', { body: { name, draft } })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const published = await call(client, 'POST', `/workflows/${name}/publish`, { body: { revision: 1 } })
  assert.equal(published.status, 201, JSON.stringify(published.body))
  return name
}

type Hook = { hook: string; secret: string }

async function trigger({ client }: World, workflow: string, config: object): Promise<Hook> {
  const made = await call(client, 'POST', `/workflows/${workflow}/triggers`, { body: { title: 'Prove', config } })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const { trigger: one, secret } = made.body as { trigger: { hook: string }; secret: string }
  return { hook: one.hook, secret }
}

/** Schedules whose last slot has fired missed the last three hours. */
async function makeDue({ stack, client }: World): Promise<string[]> {
  const { rows } = await stack.admin().query<{ id: string; slot: string }>(
    `update triggers set next_at = clock_timestamp() - interval '3 hours' + random() * interval '1 second'
     where workspace_id = $1 and kind = 'schedule' and next_at > now()
     returning id, to_char(date_trunc('milliseconds', next_at) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as slot`,
    [client.workspaceId],
  )
  return rows.map(({ id, slot }) => `${id} ${slot}`)
}

/** Each call twice at once, and again until it is answered. @returns the runs that the answers name */
async function inbound(baseUrl: string, { hook, secret }: Hook): Promise<string[]> {
  const send = async (id: string): Promise<string> => {
    for (let tries = 0; ; tries += 1) {
      const response = await fetch(`${baseUrl}/api/hooks/${hook}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'webhook-id': id, connection: 'close' },
        body: `Call ${id}`,
        signal: AbortSignal.timeout(20_000),
      }).catch(() => null)
      if (response?.status === 202 || response?.status === 200)
        return String(((await response.json()) as { runId: unknown }).runId)
      assert.ok(tries < 60 && (response === null || response.status === 503), `${response?.status}`)
      await pause(500)
    }
  }
  const runs: string[] = []
  for (let index = 0; index < CALLS; index += 1) {
    runs.push(...(await Promise.all([send(`call-${index}`), send(`call-${index}`)])))
    await pause(200)
  }
  return runs
}

type Standing = {
  trigger: string
  slot: string | null
  run: string
  status: string
  deliveries: number
  delivery: string
}

async function standing({ stack, client }: World): Promise<Standing[]> {
  const { rows } = await stack.admin().query<Standing>(
    `select f.trigger_id as trigger, case when g.kind = 'schedule' then f.key end as slot, f.run_id as run, r.status,
       (select count(*)::int from deliveries d where d.run_id = r.id) as deliveries,
       (select min(d.id::text) from deliveries d where d.run_id = r.id) as delivery
     from firings f join triggers g on g.id = f.trigger_id left join runs r on r.id = f.run_id
     where f.workspace_id = $1`,
    [client.workspaceId],
  )
  return rows
}

async function underWay({ stack, client }: World): Promise<number> {
  const { rows } = await stack.admin().query<{ n: number }>(
    `select (select count(*) from deliveries where workspace_id = $1 and finished_at is null)::int
       + (select count(*) from triggers where workspace_id = $1 and next_at <= now())::int as n`,
    [client.workspaceId],
  )
  return rows[0]?.n ?? 0
}

/** Slots that have not fired, and runs that have not ended. */
async function open(world: World, due: readonly string[]): Promise<number> {
  const found = await standing(world)
  const fired = new Set(found.map(({ trigger: id, slot }) => `${id} ${slot}`))
  return due.filter((one) => !fired.has(one)).length + found.filter(({ status }) => status === 'in_progress').length
}
