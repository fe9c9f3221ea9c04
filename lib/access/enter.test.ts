import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { members, users } from '#lib/db/auth-schema.ts'
import { apiKeys } from '#lib/db/schema.ts'
import { testDatabase, type TestDatabase, type TestWorkspace } from '#lib/db/test-database.ts'
import { NotFound } from '#lib/errors.ts'
import type { Queue } from '#lib/queue.ts'
import { renameSlug } from '#lib/workspaces/slugs.ts'
import { asMember, type Powers } from './enter.ts'
import { createApiKey } from './keys.ts'

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

describe('entering a workspace', () => {
  test('by slug or id, as its member, with the role of now', async () => {
    for (const key of [a.slug, a.id]) {
      const seen = await asMember(powers, a.owner, key, async (ctx, workspace) => ({ ctx, workspace }))
      expect(seen.workspace).toMatchObject({ id: a.id, slug: a.slug, name: 'A' })
      expect(seen.ctx).toMatchObject({
        workspaceId: a.id,
        actor: { kind: 'user', id: a.owner.id },
        access: { role: 'owner' },
      })
    }
  })

  test('another workspace and an unknown one are refused in the same words', async () => {
    const refusals = await Promise.all(
      [b.slug, b.id, 'no-such-workspace', uuidv7(), '\0', 'x'.repeat(5_000), "' or true --"].map((key) =>
        asMember(powers, a.owner, key, async () => 'in').catch((error: unknown) => error),
      ),
    )
    for (const refusal of refusals) expect(refusal).toBeInstanceOf(NotFound)
    expect(new Set(refusals.map((refusal) => (refusal as Error).message)).size).toBe(1)
  })

  test('F59: a role lowered or taken away counts from the next request', async () => {
    const guest = { id: uuidv7(), name: 'Guest' }
    await database.app.db.insert(users).values({ ...guest, email: 'guest@example.com' })
    await database.app.db
      .insert(members)
      .values({ id: uuidv7(), organizationId: a.id, userId: guest.id, role: 'admin' })
    const roleNow = () => asMember(powers, guest, a.slug, async (ctx) => ctx.access)
    expect(await roleNow()).toMatchObject({ role: 'admin' })
    await database.app.db.update(members).set({ role: 'viewer' }).where(eq(members.userId, guest.id))
    expect(await roleNow()).toMatchObject({ role: 'viewer' })
    await database.app.db.delete(members).where(eq(members.userId, guest.id))
    await expect(roleNow()).rejects.toBeInstanceOf(NotFound)
  })

  test('rows of another workspace are not there, read or written', async () => {
    const { key } = await asMember(powers, b.owner, b.slug, (ctx) => createApiKey(ctx, { name: 'b', scopes: ['read'] }))
    await asMember(powers, a.owner, a.slug, async (ctx) => {
      expect(await ctx.tx.select().from(apiKeys)).toEqual([])
      const changed = await ctx.tx.update(apiKeys).set({ name: 'mine' }).where(eq(apiKeys.id, key.id)).returning()
      expect(changed).toEqual([])
    })
    await expect(
      asMember(powers, a.owner, a.slug, (ctx) =>
        ctx.tx.insert(apiKeys).values({
          id: uuidv7(),
          workspaceId: b.id,
          name: 'planted',
          prefix: 'bt_0000',
          last4: '0000',
          sha256: Buffer.alloc(32),
          scopes: ['run'],
        }),
      ),
    ).rejects.toThrow(/api_keys/)
    expect(await database.admin.query(`select name from api_keys`)).toMatchObject({ rows: [{ name: 'b' }] })
  })

  test('a former slug still leads to the workspace, and is not given to another', async () => {
    const renamed = await database.workspace('Renamed')
    const before = renamed.slug
    const after = await database.app.db.transaction((tx) => renameSlug(tx, renamed.id, 'Northgate Claims'))
    expect(after).toBe('northgate-claims')
    const found = await asMember(powers, renamed.owner, before, async (_, workspace) => workspace.slug)
    expect(found).toBe('northgate-claims')
    const other = await database.workspace('Other')
    expect(await database.app.db.transaction((tx) => renameSlug(tx, other.id, before))).toBe(`${before}-2`)
    expect(await database.app.db.transaction((tx) => renameSlug(tx, other.id, 'Northgate Claims'))).toBe(
      'northgate-claims-2',
    )
    expect(await database.app.db.transaction((tx) => renameSlug(tx, renamed.id, before))).toBe(before)
  })
})
