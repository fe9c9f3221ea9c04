import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Forbidden, InvalidInput } from '#lib/errors.ts'
import type { Idempotency } from './idempotency.ts'
import { getTask } from './queries.ts'
import type { SubmitRequest } from './requests.ts'
import { submitTask } from './submit.ts'
import { type Tested, testWorkspace } from './test-workspace.ts'

let tested: Tested
beforeAll(async () => {
  tested = await testWorkspace()
})
afterAll(() => tested.drop())

const request = (more: Partial<SubmitRequest> = {}): SubmitRequest => ({
  worker: 'summarizer',
  input: { text: 'The river rose. The town did not sleep.' },
  ...more,
})

const keyed = (key: string, body: SubmitRequest = request(), route = 'POST tasks'): Idempotency => ({
  key,
  route,
  bodyHash: createHash('sha256').update(JSON.stringify(body)).digest(),
})

const count = async (table: string) => {
  const { rows } = await tested.database.admin.query(`select count(*)::int as n from ${table}`)
  return rows[0].n as number
}

test('a submitted task is pending, has its event, its ticket, its defaults and a title from the text', async () => {
  const task = await tested.submit({ tags: ['b', 'a', 'b'], externalId: 'order 7' })
  expect(task).toMatchObject({
    status: 'pending',
    tags: ['a', 'b'],
    externalId: 'order 7',
    title: 'A short text.',
    seq: 1,
  })
  expect(task.input.text).toBe('A short text.')
  expect(Object.keys(task.input).length).toBeGreaterThan(1)
  expect(task.submittedBy?.id).toBe(tested.workspace.owner.id)
  expect(await tested.history(task.id)).toEqual(['1 submitted'])
  expect(await tested.ticket(task.id)).toBe('created')
})

test('the same text is stored once', async () => {
  await tested.submit({ input: { text: 'Said twice.' } })
  const before = await count('texts')
  await tested.submit({ input: { text: 'Said twice.' } })
  expect(await count('texts')).toBe(before)
})

test('a ticket that the queue refuses takes the task with it', async () => {
  const before = [await count('tasks'), await count('events')]
  await tested.database.admin.query(`
    create function refuse() returns trigger language plpgsql as 'begin return null; end';
    create trigger refuse before insert on pgboss.job_common for each row execute function refuse()`)
  for (const last of [false, true])
    await expect(tested.act((ctx) => submitTask(ctx, request(), undefined, { last }))).rejects.toThrow('refused')
  await tested.database.admin.query('drop trigger refuse on pgboss.job_common')
  expect([await count('tasks'), await count('events')]).toEqual(before)
})

describe('bad input is refused with its field', () => {
  const cases: [string, Partial<SubmitRequest> & Record<string, unknown>, string][] = [
    ['an unknown worker', { worker: 'barista' }, 'worker'],
    ['an empty text', { input: { text: '  ' } }, 'input.text'],
    ['a text that is not text', { input: { text: 7 } }, 'input.text'],
    ['a NUL in the text', { input: { text: 'a\0b' } }, 'input.text'],
    ['half a surrogate pair', { input: { text: 'a\ud800b' } }, 'input.text'],
    ['an unknown option', { input: { text: 'x', colour: 'red' } }, 'input.colour'],
    ['an unknown field', { workspaceId: 'x' }, 'workspaceId'],
    ['a NUL in the title', { title: 'a\0b' }, 'title'],
    ['too many tags', { tags: Array.from({ length: 11 }, (_, n) => `t${n}`) }, 'tags'],
    ['a long tag', { tags: ['x'.repeat(41)] }, 'tags.0'],
    ['a tag with a comma, at which filters would split it', { tags: ['a', 'Acme, x'] }, 'tags.1'],
    ['a due time without an offset', { dueAt: '2030-01-01T00:00:00' }, 'dueAt'],
    ['a due time that has passed', { dueAt: '2020-01-01T00:00:00Z' }, 'dueAt'],
    ['a due time in a zone that does not exist', { dueAt: '2090-01-01T00:00:00+23:00' }, 'dueAt'],
    ['a start in the year 0', { notBefore: '0000-01-01T00:00:00Z' }, 'notBefore'],
    ['a task to replay that is not there', { replayOf: '0198a000-0000-7000-8000-000000000000' }, 'replayOf'],
    ['a start after the due time', { dueAt: '2090-01-01T00:00:00Z', notBefore: '2091-01-01T00:00:00Z' }, 'notBefore'],
    ['a text over the limit', { input: { text: 'x'.repeat(200_001) } }, 'input.text'],
  ]
  test.each(cases)('%s', async (_, more, path) => {
    const error = await tested.act((ctx) => submitTask(ctx, request(more))).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(InvalidInput)
    expect((error as InvalidInput).issues.map((issue) => issue.path)).toContain(path)
  })

  test('F70 keys that reach for prototypes are unknown fields and pollute nothing', async () => {
    const hostile = JSON.parse('{"text":"x","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')
    await expect(tested.act((ctx) => submitTask(ctx, request({ input: hostile })))).rejects.toThrow(InvalidInput)
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })
})

describe('good text is accepted', () => {
  const texts: [string, string][] = [
    ['one character', 'x'],
    ['200,000 characters', 'é'.repeat(200_000)],
    ['right to left with bidi marks', '\u202Eשלום\u200F עולם'],
    ['control characters', 'a\u0001\u001f"\\b'],
  ]
  test.each(texts)('%s', async (_, text) => {
    const { id } = await tested.submit({ input: { text } })
    expect((await tested.act((ctx) => getTask(ctx, id))).input.text).toBe(text)
  })

  test('a leading byte order mark is dropped', async () => {
    expect((await tested.submit({ input: { text: '\uFEFFHello' } })).input.text).toBe('Hello')
  })
})

test('where the queue has no clock nothing is accepted, not even the text', async () => {
  const before = [await count('tasks'), await count('texts')]
  await tested.database.admin.query(`delete from queue_clocks where queue = 'translator'`)
  const input = { text: 'Nobody has read this.' }
  const submitting = tested.act((ctx) => submitTask(ctx, { worker: 'translator', input }, undefined, { last: true }))
  await expect(submitting).rejects.toThrow('no clock')
  expect([await count('tasks'), await count('texts')]).toEqual(before)
})

test('a task with an earliest start waits with its ticket', async () => {
  const task = await tested.submit({ notBefore: '2090-01-01T00:00:00+02:00' })
  expect(task.notBefore).toBe('2089-12-31T22:00:00.000Z')
  const { rows } = await tested.database.admin.query('select start_after from pgboss.job where id = $1', [task.id])
  expect(rows[0].start_after.toISOString()).toBe(task.notBefore)
  expect((await tested.act((ctx) => getTask(ctx, task.id))).queue?.why).toMatch(/earliest start/)
})

test('F58 a viewer and a key without the scope may not submit', async () => {
  const before = await count('tasks')
  for (const access of [{ role: 'viewer', operator: false }, { scopes: ['read'] }] as const)
    await expect(tested.act((ctx) => submitTask(ctx, request()), { access: access as never })).rejects.toThrow(
      Forbidden,
    )
  expect(await count('tasks')).toBe(before)
})

describe('idempotency', () => {
  test('F23 fifty requests with one key make one task and get the same reply', async () => {
    const before = await count('tasks')
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => tested.act((ctx) => submitTask(ctx, request(), keyed('fifty')))),
    )
    expect(await count('tasks')).toBe(before + 1)
    expect(replies.filter((reply) => reply.replayed)).toHaveLength(49)
    expect(new Set(replies.map((reply) => JSON.stringify(reply.task)))).toHaveProperty('size', 1)
  })

  test('a replay repeats the first reply although the task has gone on', async () => {
    const first = await tested.act((ctx) => submitTask(ctx, request(), keyed('later')))
    await tested.database.admin.query(
      `update tasks set status = 'failed', engine = 'rules', not_before = now(), finished_at = now(), seq = 5 where id = $1`,
      [first.task.id],
    )
    const again = await tested.act((ctx) => submitTask(ctx, request(), keyed('later')))
    expect(again.replayed).toBe(true)
    expect(JSON.stringify(again.task)).toBe(JSON.stringify(first.task))
  })

  test('F24 the same key means something else with another route or workspace, and 422 with another body', async () => {
    const other = await tested.database.workspace()
    const first = await tested.act((ctx) => submitTask(ctx, request(), keyed('shared')))
    const elsewhere = await tested.act((ctx) => submitTask(ctx, request(), keyed('shared')), { workspace: other })
    const otherRoute = await tested.act((ctx) => submitTask(ctx, request(), keyed('shared', request(), 'POST others')))
    expect(new Set([first, elsewhere, otherRoute].map((reply) => reply.task.id)).size).toBe(3)
    const body = request({ title: 'Another' })
    await expect(tested.act((ctx) => submitTask(ctx, body, keyed('shared', body)))).rejects.toMatchObject({
      status: 422,
    })
  })

  test('F25 a malformed key is refused with 400, and a key older than 24 hours is new', async () => {
    for (const key of ['', 'x'.repeat(256), 'a\u0007b', 'mit Leerzeichen'])
      await expect(tested.act((ctx) => submitTask(ctx, request(), keyed(key)))).rejects.toMatchObject({ status: 400 })
    const first = await tested.act((ctx) => submitTask(ctx, request(), keyed('old')))
    await tested.database.admin.query(
      `update idempotency_keys set created_at = now() - interval '25 hours' where key = 'old'`,
    )
    const second = await tested.act((ctx) => submitTask(ctx, request(), keyed('old')))
    expect(second.replayed).toBe(false)
    expect(second.task.id).not.toBe(first.task.id)
  })

  test('F26 a refused request leaves its key free', async () => {
    const bad = request({ input: { text: '' } })
    await expect(tested.act((ctx) => submitTask(ctx, bad, keyed('fixed', bad)))).rejects.toThrow(InvalidInput)
    expect((await tested.act((ctx) => submitTask(ctx, request(), keyed('fixed')))).replayed).toBe(false)
  })
})
