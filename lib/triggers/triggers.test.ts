// Triggers against real Postgres, as the worker's role, with the time given: nothing waits.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Conflict, Forbidden, InvalidInput, NotFound, Unauthenticated } from '#lib/errors.ts'
import { finishClaim } from '#lib/documents/parse.ts'
import { uploadDocument } from '#lib/documents/upload.ts'
import { signedHeaders } from '#lib/outbound/sign.ts'
import { type Tested, testWorkspace } from '#lib/tasks/test-workspace.ts'
import { listLastRuns } from '#lib/workflows/last-runs.ts'
import { getRun, listRuns } from '#lib/workflows/queries.ts'
import { createWorkflow } from '#lib/workflows/stored/drafts.ts'
import { testStep } from '#lib/workflows/stored/step-test.ts'
import { createTrigger, deleteTrigger, pauseTrigger, runTrigger } from './change.ts'
import { getTrigger, listTriggers, listTriggerWords } from './queries.ts'
import { hookOf } from './hook.ts'
import { rotateTriggerSecret } from './rotate.ts'
import { receiveCall } from './receive.ts'
import type { NewTrigger } from './shapes.ts'
import { watchTriggers } from './watch.ts'

vi.hoisted(() => {
  process.env['BATON_SECRET'] = 'a secret for tests, longer than 32 letters'
})

let tested: Tested
beforeEach(async () => {
  tested = await testWorkspace()
})
afterEach(() => tested.drop())

const WORKFLOW = 'complete-analysis'
const TEXT = 'The parcel arrived late and damaged.'
const schedule = (cron: string, timeZone = 'UTC'): NewTrigger => ({
  title: 'Morning digest',
  config: { kind: 'schedule', cron, timeZone, text: TEXT },
})
const make = (request: NewTrigger, workflow = WORKFLOW) => tested.act((ctx) => createTrigger(ctx, workflow, request))
const watch = (now?: Date) => watchTriggers({ db: tested.database.worker.db, queue: tested.queue }, now)
const get = (id: string) => tested.act((ctx) => getTrigger(ctx, id))
const runs = async () =>
  (await tested.database.admin.query('select id, title, workflow, actor, preview from runs order by id')).rows
const setNext = (id: string, at: string) =>
  tested.database.admin.query('update triggers set next_at = $2 where id = $1', [id, at])

describe('a schedule', () => {
  test('starts its workflow when its time has come, says what it started, and names the next five times', async () => {
    const { id } = await make(schedule('30 7 * * 1-5', 'Europe/Berlin'))
    const trigger = await get(id)
    expect(trigger.words).toBe('At 07:30, Monday through Friday, Europe/Berlin time')
    expect(trigger.nextAt).toHaveLength(5)
    const slot = new Date(trigger.nextAt[0] ?? '')
    expect(await watch(new Date(slot.getTime() - 1))).toBe(0)
    expect(await watch(slot)).toBe(1)
    expect(await watch(slot)).toBe(0)
    const fired = await get(id)
    expect(fired.firings).toEqual([
      {
        id: expect.any(String),
        cause: slot.toISOString(),
        at: expect.any(String),
        runId: expect.any(String),
        reason: null,
      },
    ])
    expect(fired.nextAt[0]).toBe(trigger.nextAt[1])
    const run = await tested.act((ctx) => getRun(ctx, fired.firings[0]?.runId ?? ''))
    expect(run.trigger).toEqual({ id, title: 'Morning digest', workflow: WORKFLOW })
    const listed = await tested.act((ctx) => listRuns(ctx))
    expect(listed.items.map(({ trigger: by }) => by?.id)).toEqual([id])
    const last = await tested.act((ctx) => listLastRuns(ctx, ['nothing', WORKFLOW]))
    expect(last).toMatchObject([{ id: run.id, workflow: WORKFLOW, title: 'Morning digest' }])
    expect(await tested.act((ctx) => listTriggerWords(ctx))).toMatchObject([
      { workflow: WORKFLOW, kind: 'schedule', words: 'At 07:30, Monday through Friday', pausedAt: null },
    ])
    expect(run).toMatchObject({ title: 'Morning digest', text: TEXT, workflow: { name: WORKFLOW }, submittedBy: null })
    expect(await runs()).toMatchObject([{ actor: { kind: 'system', name: 'Morning digest' } }])
  })

  test('missed slots fire once, and the next one is in the future', async () => {
    const { id } = await make(schedule('0 * * * *'))
    await setNext(id, '2026-03-01T05:00:00Z')
    const now = new Date('2026-03-04T12:34:56Z')
    expect(await watch(now)).toBe(1)
    expect(await watch(now)).toBe(0)
    const { firings, nextAt } = await get(id)
    expect(firings.map(({ cause }) => cause)).toEqual(['2026-03-01T05:00:00.000Z'])
    expect(nextAt[0]).toBe('2026-03-04T13:00:00.000Z')
  })

  test('many processes at once fire a slot once', async () => {
    const { id } = await make(schedule('0 * * * *'))
    await setNext(id, '2026-03-01T05:00:00Z')
    const now = new Date('2026-03-01T05:00:30Z')
    const fired = await Promise.all(Array.from({ length: 6 }, () => watch(now)))
    expect(fired.toSorted((a, b) => a - b)).toEqual([0, 0, 0, 0, 0, 1])
    expect(await runs()).toHaveLength(1)
  })

  test('a process that dies in the middle leaves nothing behind, and the slot to the next', async () => {
    const { id } = await make(schedule('0 * * * *'))
    await setNext(id, '2026-03-01T05:00:00Z')
    await tested.database.admin.query(`
      create function die() returns trigger language plpgsql as $$
        begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$;
      create trigger die before insert on firings for each row execute function die()`)
    await watch(new Date('2026-03-01T05:00:30Z')).catch(() => {})
    expect(await runs()).toEqual([])
    await tested.database.admin.query('drop trigger die on firings')
    expect(await watch(new Date('2026-03-01T05:00:40Z'))).toBe(1)
    expect(await runs()).toHaveLength(1)
    expect((await get(id)).firings).toHaveLength(1)
  })

  test.each([
    ['Europe/Berlin', '30 2 * * *', '2026-03-28T12:00:00Z', ['2026-03-29T01:00:00.000Z', '2026-03-30T00:30:00.000Z']],
    ['America/New_York', '0 9 1 * *', '2026-10-15T00:00:00Z', ['2026-11-01T14:00:00.000Z', '2026-12-01T14:00:00.000Z']],
  ])('in %s the clock may be changed and every day has its slot', async (timeZone, cron, from, expected) => {
    const { id } = await make(schedule(cron, timeZone))
    await setNext(id, from)
    expect(await watch(new Date(from))).toBe(1)
    expect((await get(id)).nextAt.slice(0, 2)).toEqual(expected)
  })

  test.each([
    ['* * * * * *', 'UTC', 'cron', 'five fields'],
    ['61 * * * *', 'UTC', 'cron', 'five fields'],
    ['0 0 1--100000000 * *', 'UTC', 'cron', 'five fields'],
    ['every day', 'UTC', 'cron', 'five fields'],
    ['0 0 31 2 *', 'UTC', 'cron', 'never comes'],
    [`${'0,'.repeat(200)}0 * * * *`, 'UTC', 'cron', 'at most 100'],
    ['0 0 * * *', 'Mars/Base', 'timeZone', 'no time zone'],
  ])('"%s" in %s is refused with what is wrong', async (cron, timeZone, field, words) => {
    const refused = await make(schedule(cron, timeZone)).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(InvalidInput)
    expect((refused as InvalidInput).issues).toEqual([
      { path: `config.${field}`, message: expect.stringContaining(words) },
    ])
  })

  test('pausing stops it, resuming forgets what was missed, and it can be run at any time', async () => {
    const { id } = await make(schedule('0 * * * *'))
    await setNext(id, '2026-03-01T05:00:00Z')
    await tested.act((ctx) => pauseTrigger(ctx, id, true))
    expect(await watch(new Date('2026-03-01T06:00:00Z'))).toBe(0)
    expect(await get(id)).toMatchObject({ pausedAt: expect.any(String), nextAt: [] })
    const { runId } = await tested.act((ctx) => runTrigger(ctx, id))
    expect(await runs()).toMatchObject([{ id: runId }])
    await tested.act((ctx) => pauseTrigger(ctx, id, false))
    expect(new Date((await get(id)).nextAt[0] ?? 0).getTime()).toBeGreaterThan(Date.now())
    expect(await watch()).toBe(0)
    expect((await get(id)).firings.map(({ cause }) => cause)).toEqual(['Run now'])
  })

  test('one that cannot start its workflow says why, and keeps its time', async () => {
    const { id } = await make(schedule('0 * * * *'))
    await tested.database.admin.query(`update triggers set workflow = 'gone', next_at = '2026-03-01T05:00:00Z'`)
    expect(await watch(new Date('2026-03-01T05:10:00Z'))).toBe(1)
    const { firings, nextAt } = await get(id)
    expect(firings).toMatchObject([{ runId: null, reason: expect.stringContaining('no workflow named "gone"') }])
    expect(nextAt[0]).toBe('2026-03-01T06:00:00.000Z')
    expect(await runs()).toEqual([])
  })
})

async function addDocument(name: string, content: string): Promise<string> {
  async function* bytes() {
    yield Buffer.from(content)
  }
  const { id } = await uploadDocument((work) => tested.act(work), { name, bytes: bytes(), length: null })
  return id
}

async function readDocument(id: string, text: string): Promise<void> {
  const { rows } = await tested.database.admin.query(
    `update documents set status = 'parsing', epoch = epoch + 1 where id = $1 returning workspace_id, name, size, epoch`,
    [id],
  )
  const claim = {
    id,
    workspaceId: rows[0].workspace_id,
    name: rows[0].name,
    size: rows[0].size,
    epoch: rows[0].epoch,
    attempt: 1,
  }
  await tested.act(({ tx }) =>
    finishClaim(tx, claim, { mediaType: 'text/plain', paged: false, metadata: {}, pages: [text] }),
  )
}

describe('documents', () => {
  test('a document that was added and read starts the workflow with its text, once', async () => {
    await readDocument(await addDocument('before.txt', 'Before.'), 'Before.')
    const { id } = await make({ title: 'New letters', config: { kind: 'document', named: 'letter' } })
    const [letter, other] = [await addDocument('My LETTER.txt', 'Dear you.'), await addDocument('invoice.txt', 'Pay.')]
    expect(await watch()).toBe(0)
    await readDocument(letter, 'Dear you, the parcel is late.')
    await readDocument(other, 'Pay.')
    expect(await watch()).toBe(1)
    expect(await watch()).toBe(0)
    expect((await get(id)).firings).toMatchObject([{ cause: 'My LETTER.txt', reason: null }])
    expect(await runs()).toMatchObject([{ title: 'My LETTER', preview: 'Dear you, the parcel is late.' }])
  })

  test('what was added while it was paused does not count', async () => {
    const { id } = await make({ title: 'All', config: { kind: 'document' } })
    await tested.act((ctx) => pauseTrigger(ctx, id, true))
    await readDocument(await addDocument('a.txt', 'A.'), 'A.')
    await tested.act((ctx) => pauseTrigger(ctx, id, false))
    expect([await watch(), await watch()]).toEqual([0, 0])
    await readDocument(await addDocument('b.txt', 'B.'), 'B.')
    expect(await watch()).toBe(1)
  })
})

describe('tasks', () => {
  const end = async (id: string, status: 'completed' | 'failed') => {
    await tested.database.admin.query(
      `update tasks set status = $2, finished_at = now(), seq = seq + 1 where id = $1`,
      [id, status],
    )
    await tested.database.admin.query(
      `insert into events (workspace_id, task_id, seq, type, actor, at)
       select workspace_id, id, seq, $2, '{"kind":"system","name":"test"}', now() from tasks where id = $1`,
      [id, status],
    )
  }

  test('a task that has ended starts the workflow over its text, and the steps of that run start nothing', async () => {
    const { id } = await make({
      title: 'Look again',
      config: { kind: 'task', worker: 'summarizer', event: 'failed' },
    })
    const [failed, completed] = [await tested.submit(), await tested.submit()]
    const other = await tested.submit({ worker: 'sentiment-analyzer' })
    await end(failed.id, 'failed')
    await end(completed.id, 'completed')
    await end(other.id, 'failed')
    expect(await watch()).toBe(1)
    expect((await get(id)).firings).toMatchObject([{ cause: failed.title, reason: null }])
    const { rows } = await tested.database.admin.query(
      `select id from tasks where run_id is not null and worker = 'summarizer'`,
    )
    expect(rows).toHaveLength(1)
    await end(rows[0].id, 'failed')
    expect([await watch(), await watch()]).toEqual([0, 0])
  })

  test('a test of a step starts nothing', async () => {
    await make({ title: 'Look', config: { kind: 'task', worker: 'summarizer' } })
    const workflow = await tested.act((ctx) => createWorkflow(ctx, { from: WORKFLOW }))
    const at = { workflow, step: 'summarizer' }
    const trial = await tested.act((ctx) => testStep(ctx, at, { input: { text: TEXT } }))
    const task = await tested.submit()
    for (const id of [trial.did === 'task' ? trial.taskId : '', task.id]) await end(id, 'completed')
    expect(await watch()).toBe(1)
  })

  test('an event that was committed late is found', async () => {
    await make({ title: 'Look', config: { kind: 'task', worker: 'summarizer' } })
    const task = await tested.submit()
    await tested.database.admin.query(`update triggers set from_at = now() - interval '1 minute'`)
    await watch()
    await end(task.id, 'completed')
    await tested.database.admin.query(`update events set at = now() - interval '9 seconds' where type = 'completed'`)
    expect(await watch()).toBe(1)
  })
})

describe('webhooks', () => {
  const open = async (textPath: string | null = null) => {
    const { id, secret } = await make({ title: 'Tickets', config: { kind: 'webhook', textPath } })
    const hook = hookOf({ workspaceId: tested.workspace.id, id })
    const call = (body: string, headers: Record<string, string>, to = hook) =>
      receiveCall({ db: tested.database.app.db, queue: tested.queue }, to, { body, headers: new Headers(headers) })
    return { id, hook, secret: secret ?? '', call }
  }

  test('a signed call starts the workflow with its text; the same id starts nothing twice', async () => {
    const { id, secret, call } = await open('data.items.0.text')
    const body = JSON.stringify({ data: { items: [{ text: TEXT }] } })
    const send = () => call(body, signedHeaders(secret, { id: 'msg_1', body, at: new Date() }))
    const [first, second] = await Promise.all([send(), send()])
    expect(first.runId).toBe(second.runId)
    expect(first.replayed).not.toBe(second.replayed)
    expect(await runs()).toMatchObject([{ id: first.runId, preview: TEXT }])
    expect((await get(id)).firings).toMatchObject([{ cause: 'Call msg_1', runId: first.runId }])
  })

  test('the secret as a bearer token will do, with the raw body as the text', async () => {
    const { secret, call } = await open()
    await call(TEXT, { authorization: `Bearer ${secret}` })
    await call(TEXT, { authorization: `Bearer ${secret}` })
    expect(await runs()).toHaveLength(2)
    const keyed = { authorization: `Bearer ${secret}`, 'idempotency-key': 'ticket 7' }
    await call(TEXT, keyed)
    expect(await call(TEXT, keyed)).toMatchObject({ replayed: true })
    expect(await runs()).toHaveLength(3)
  })

  test('whoever does not know the secret starts nothing and is not kept', async () => {
    const { id, hook, secret, call } = await open()
    const old = signedHeaders(secret, { id: 'm', body: TEXT, at: new Date(Date.now() - 3_600_000) })
    const forged = signedHeaders(secret, { id: 'm', body: 'Another text.', at: new Date() })
    for (const headers of [{}, { authorization: 'Bearer whsec_x' }, { authorization: secret }, old, forged])
      await expect(call(TEXT, headers as Record<string, string>)).rejects.toThrow(Unauthenticated)
    const swapped = hookOf({ workspaceId: (await tested.database.workspace()).id, id })
    for (const to of [swapped, 'x', `${hook}x`, 'A'.repeat(43)])
      await expect(call(TEXT, { authorization: `Bearer ${secret}` }, to)).rejects.toThrow(NotFound)
    expect(await runs()).toEqual([])
    expect((await get(id)).firings).toEqual([])
  })

  test.each([
    ['not JSON', 'data.text', 'is not JSON'],
    ['{"data":{"text":7}}', 'data.text', 'no text at "data.text"'],
    ['{"data":{}}', 'data.constructor.name', 'no text at'],
    ['  ', null, 'input.text'],
  ])('a call with %s is kept with the reason', async (body, path, reason) => {
    const { id, secret, call } = await open(path)
    expect(await call(body, { authorization: `Bearer ${secret}` })).toMatchObject({ runId: null })
    expect((await get(id)).firings).toMatchObject([{ runId: null, reason: expect.stringContaining(reason) }])
  })

  test('a new secret is accepted with the one before it for a day, or alone when that is asked for', async () => {
    const { id, secret: first, call } = await open()
    const accepted = async (...secrets: string[]) =>
      Promise.all(
        secrets.map((secret) =>
          call(TEXT, signedHeaders(secret, { id: secret.slice(-6), body: TEXT, at: new Date() })).then(
            () => true,
            () => false,
          ),
        ),
      )
    const { secret: second, earlierUntil } = await tested.act((ctx) => rotateTriggerSecret(ctx, id))
    expect(Math.round((new Date(earlierUntil ?? '').getTime() - Date.now()) / 3_600_000)).toBe(24)
    expect(await accepted(first, second)).toEqual([true, true])
    const { secret: third } = await tested.act((ctx) => rotateTriggerSecret(ctx, id))
    expect(await accepted(first, second, third)).toEqual([false, true, true])
    await tested.database.admin.query(`update secrets set created_at = now() - interval '25 hours'`)
    expect(await accepted(second, third)).toEqual([false, true])
    const last = await tested.act((ctx) => rotateTriggerSecret(ctx, id, { endEarlier: true }))
    expect(last.earlierUntil).toBeNull()
    expect(await accepted(third, last.secret)).toEqual([false, true])
    await tested.act((ctx) => rotateTriggerSecret(ctx, id))
    await tested.act((ctx) => deleteTrigger(ctx, id))
    expect((await tested.database.admin.query('select from secrets')).rows).toEqual([])
    const other = await make(schedule('0 * * * *'))
    await expect(tested.act((ctx) => rotateTriggerSecret(ctx, other.id))).rejects.toThrow(Conflict)
  })

  test('a paused one refuses, and a stored secret is not to be read', async () => {
    const { id, secret, call } = await open()
    await tested.act((ctx) => pauseTrigger(ctx, id, true))
    await expect(call(TEXT, { authorization: `Bearer ${secret}` })).rejects.toThrow(Conflict)
    const { rows } = await tested.database.admin.query('select * from triggers')
    expect(JSON.stringify(rows)).not.toContain(secret.slice(6))
    expect(JSON.stringify(await get(id))).not.toContain(secret.slice(6))
  })
})

describe('rights', () => {
  test('a viewer sees triggers and changes none; another workspace sees none', async () => {
    const { id } = await make(schedule('0 * * * *'))
    const viewer = { access: { role: 'viewer', operator: false } } as const
    expect(await tested.act((ctx) => listTriggers(ctx, WORKFLOW), viewer)).toHaveLength(1)
    for (const change of [
      () => tested.act((ctx) => createTrigger(ctx, WORKFLOW, schedule('0 * * * *')), viewer),
      () => tested.act((ctx) => pauseTrigger(ctx, id, true), viewer),
      () => tested.act((ctx) => runTrigger(ctx, id), viewer),
      () => tested.act((ctx) => rotateTriggerSecret(ctx, id), viewer),
      () => tested.act((ctx) => deleteTrigger(ctx, id), viewer),
    ])
      await expect(change()).rejects.toThrow(Forbidden)
    const other = { workspace: await tested.database.workspace() }
    await expect(tested.act((ctx) => getTrigger(ctx, id), other)).rejects.toThrow(NotFound)
    await expect(tested.act((ctx) => deleteTrigger(ctx, id), other)).rejects.toThrow(NotFound)
  })

  test('a deleted one fires no more, and what it started stays', async () => {
    const { id } = await make(schedule('0 * * * *'))
    await tested.act((ctx) => runTrigger(ctx, id))
    await tested.act((ctx) => deleteTrigger(ctx, id))
    expect(await watch(new Date('2030-01-01T00:00:00Z'))).toBe(0)
    expect(await runs()).toHaveLength(1)
    await expect(make(schedule('0 * * * *'), 'no-such-workflow')).rejects.toThrow(NotFound)
  })
})
