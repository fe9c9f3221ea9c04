import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase, type TestWorkspace } from '#lib/db/test-database.ts'
import { Conflict, Forbidden, NotFound, Unauthenticated } from '#lib/errors.ts'
import type { Queue } from '#lib/queue.ts'
import type { Access, ApiKeyScope } from './actor.ts'
import { asKey, asMember, type Powers } from './enter.ts'
import { bearerSecret, createApiKey, listApiKeys, newKey, noteKeyUse, revokeApiKey } from './keys.ts'

let database: TestDatabase
let powers: Powers
let a: TestWorkspace
let b: TestWorkspace

beforeAll(async () => {
  database = await testDatabase()
  powers = { db: database.app.db, queue: undefined as unknown as Queue, requestId: 'test' }
  a = await database.workspace('A')
  b = await database.workspace('B')
})
afterAll(() => database.drop())

const make = (name: string, scopes: ApiKeyScope[] = ['run', 'read']) =>
  asMember(powers, a.owner, a.slug, (ctx) => createApiKey(ctx, { name, scopes }))
const list = () => asMember(powers, a.owner, a.slug, (ctx) => listApiKeys(ctx))
const use = (secret: string, workspace = a.slug) => asKey(powers, secret, workspace, async (ctx) => ctx)

describe('API keys', () => {
  test('a new key acts in its workspace with its scopes and under its name', async () => {
    const { key, secret } = await make('Nightly import', ['read'])
    expect(secret).toMatch(/^bt_[0-9a-f]{64}$/)
    expect(key).toMatchObject({ prefix: secret.slice(0, 7), last4: secret.slice(-4), createdBy: { name: 'Ada' } })
    const ctx = await use(secret)
    expect(ctx).toMatchObject({
      workspaceId: a.id,
      actor: { kind: 'key', id: key.id, name: 'Nightly import' },
      access: { scopes: ['read'] },
    })
  })

  test('no secret and no piece of one that would do is anywhere in the database', async () => {
    const { secret } = await make('For the dump')
    const { rows: tables } = await database.admin.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    )
    let dump = ''
    for (const { name } of tables) {
      const { rows } = await database.admin.query(`select row_to_json(t)::text as row from ${name} t`)
      dump += rows.map(({ row }) => row).join('\n')
    }
    expect(dump).toContain('For the dump')
    expect(dump).not.toContain(secret)
    expect(dump).not.toContain(secret.slice(3, 40))
    expect(JSON.stringify(await list())).not.toContain(secret.slice(3, 40))
  })

  test('a revoked key is refused from then on and stays in the list', async () => {
    const { key, secret } = await make('Short-lived')
    await use(secret)
    const revoked = await asMember(powers, a.owner, a.slug, (ctx) => revokeApiKey(ctx, key.id))
    expect(revoked.revokedAt).not.toBeNull()
    await expect(use(secret)).rejects.toBeInstanceOf(Unauthenticated)
    await expect(asMember(powers, a.owner, a.slug, (ctx) => revokeApiKey(ctx, key.id))).rejects.toBeInstanceOf(Conflict)
    expect((await list()).at(-1)).toMatchObject({ id: key.id })
  })

  test('a key of another workspace, an unknown one and a garbled one are refused in the same words', async () => {
    const { secret } = await make('Only for A')
    const wrong = [
      use(secret, b.slug),
      use(secret, 'no-such-workspace'),
      use(`bt_${'0'.repeat(64)}`),
      use(secret.slice(0, -1)),
      use(`${secret}\0`),
      use(''),
    ].map((attempt) => attempt.catch((error: unknown) => error))
    const refusals = await Promise.all(wrong)
    for (const refusal of refusals) expect(refusal).toBeInstanceOf(Unauthenticated)
    expect(new Set(refusals.map((refusal) => (refusal as Error).message)).size).toBe(1)
  })

  test('a key of another workspace cannot be revoked or seen', async () => {
    const { key } = await make('Not for B')
    const asB = asMember(powers, b.owner, b.slug, (ctx) => revokeApiKey(ctx, key.id))
    await expect(asB).rejects.toBeInstanceOf(NotFound)
    await expect(asMember(powers, a.owner, a.slug, (ctx) => revokeApiKey(ctx, 'not-a-uuid'))).rejects.toBeInstanceOf(
      NotFound,
    )
    expect(await asMember(powers, b.owner, b.slug, (ctx) => listApiKeys(ctx))).toEqual([])
  })

  test.each<[string, Access]>([
    ['a member', { role: 'member', operator: false }],
    ['a viewer', { role: 'viewer', operator: true }],
    ['a key', { scopes: ['run', 'read'] }],
  ])('%s may neither list, make nor revoke keys', async (_, access) => {
    const { key } = await make('Guarded')
    await asMember(powers, a.owner, a.slug, async (owner) => {
      const ctx = { ...owner, access }
      await expect(listApiKeys(ctx)).rejects.toBeInstanceOf(Forbidden)
      await expect(createApiKey(ctx, { name: 'x', scopes: ['run'] })).rejects.toBeInstanceOf(Forbidden)
      await expect(revokeApiKey(ctx, key.id)).rejects.toBeInstanceOf(Forbidden)
    })
    expect((await list()).find(({ id }) => id === key.id)?.revokedAt).toBeNull()
  })

  test('the first use and a change of the answer are noted at once, the rest now and then', async () => {
    const { key } = await make('In use')
    const noted = async () => (await list()).find(({ id }) => id === key.id)
    await noteKeyUse(database.app.db, a.id, key.id, { ip: '198.51.100.4', status: 201 })
    const first = await noted()
    expect(first).toMatchObject({ lastUsedIp: '198.51.100.4', lastUsedStatus: 201 })
    await noteKeyUse(database.app.db, a.id, key.id, { ip: '198.51.100.5', status: 201 })
    expect(await noted()).toEqual(first)
    await noteKeyUse(database.app.db, a.id, key.id, { ip: '198.51.100.5', status: 403 })
    expect(await noted()).toMatchObject({ lastUsedIp: '198.51.100.5', lastUsedStatus: 403 })
  })

  test('a key needs a name and at least one known scope', () => {
    for (const bad of [
      { name: '', scopes: ['run'] },
      { name: 'x', scopes: [] },
      { name: 'x', scopes: ['admin'] },
      { name: 'a\0', scopes: ['run'] },
      { name: 'x', scopes: ['run'], workspaceId: b.id },
    ])
      expect(newKey.safeParse(bad).success).toBe(false)
    expect(newKey.parse({ name: ' x ', scopes: ['read', 'run'] })).toEqual({ name: 'x', scopes: ['run', 'read'] })
  })

  test.each([
    ['Bearer bt_1', 'bt_1'],
    ['bearer  bt_1', 'bt_1'],
    ['Basic YTpi', null],
    ['Bearer', null],
    [null, null],
  ])('reads the secret of %j', (header, secret) => {
    expect(bearerSecret(header)).toBe(secret)
  })
})
