import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { sessions } from '#lib/db/auth-schema.ts'
import { testDatabase, type TestDatabase } from '#lib/db/test-database.ts'
import {
  describeDevice,
  IDLE_MS,
  listSessions,
  revokeOtherSessions,
  revokeSession,
  SESSION_MS,
  touchSession,
} from './sessions.ts'
import { createUser } from './users.ts'

const DAY = 24 * 3_600_000

let database: TestDatabase
let people = 0

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

async function newUser(): Promise<string> {
  people += 1
  const email = `person-${people}@example.com`
  return (await createUser(database.app.db, { name: 'Max', email, password: 'a long old phrase' })).id
}

/** Ages in ms before now; `left` until it expires. */
async function newSession(userId: string, { created = 0, used = 0, left = DAY } = {}): Promise<string> {
  const id = uuidv7()
  const ago = (ms: number) => new Date(Date.now() - ms)
  const token = uuidv7()
  const times = { createdAt: ago(created), updatedAt: ago(used), expiresAt: ago(-left) }
  await database.app.db
    .insert(sessions)
    .values({ id, userId, token, ...times, userAgent: 'curl/8.5', ipAddress: '10.0.0.1' })
  return id
}

async function read(id: string) {
  const [row] = await database.app.db.select().from(sessions).where(eq(sessions.id, id))
  if (!row) throw new Error('no session')
  return row
}

describe('sessions', () => {
  test('the list has live ones only, this one first, then by last use, and no token', async () => {
    const userId = await newUser()
    const older = await newSession(userId, { used: 2 * DAY })
    const recent = await newSession(userId, { used: 1_000 })
    const current = await newSession(userId, { used: DAY })
    await newSession(userId, { left: -1_000 })
    await newSession(await newUser())
    const list = await listSessions(database.app.db, userId, current)
    expect(list.map(({ id }) => id)).toEqual([current, recent, older])
    expect(list[0]).toMatchObject({ current: true, device: 'curl', ipAddress: '10.0.0.1' })
    expect(JSON.stringify(list)).not.toContain((await read(current)).token)
  })

  test('somebody else’s session cannot be ended', async () => {
    const [mine, theirs] = await Promise.all([newUser(), newUser()])
    const id = await newSession(theirs)
    expect(await revokeSession(database.app.db, mine, id)).toBe(false)
    expect(await read(id)).toBeDefined()
    expect(await revokeSession(database.app.db, theirs, id)).toBe(true)
  })

  test('ending all others keeps this one', async () => {
    const userId = await newUser()
    const ids = await Promise.all([1, 2, 3].map(() => newSession(userId)))
    expect(await revokeOtherSessions(database.app.db, userId, ids[0] ?? '')).toBe(2)
    expect((await listSessions(database.app.db, userId, '')).map(({ id }) => id)).toEqual([ids[0]])
  })

  test('use moves the idle limit on, but never past thirty days after signing in', async () => {
    const userId = await newUser()
    const young = await newSession(userId, { created: 3 * DAY, used: 2 * DAY, left: 5 * DAY })
    const old = await newSession(userId, { created: 28 * DAY, used: 2 * DAY, left: DAY })
    for (const id of [young, old]) await touchSession(database.app.db, await read(id))
    const leftOf = async (id: string) => (await read(id)).expiresAt.getTime() - Date.now()
    expect(Math.abs((await leftOf(young)) - IDLE_MS)).toBeLessThan(60_000)
    expect(Math.abs((await leftOf(old)) - (SESSION_MS - 28 * DAY))).toBeLessThan(60_000)
  })

  test('a session that was not to be remembered keeps its one day', async () => {
    const id = await newSession(await newUser(), { created: 3_600_000, used: 3_600_000, left: DAY - 3_600_000 })
    const before = (await read(id)).expiresAt
    await touchSession(database.app.db, await read(id))
    const after = await read(id)
    expect(after.expiresAt).toEqual(before)
    expect(Date.now() - after.updatedAt.getTime()).toBeLessThan(60_000)
  })

  test('within five minutes nothing is written', async () => {
    const id = await newSession(await newUser(), { used: 60_000 })
    const before = await read(id)
    await touchSession(database.app.db, before)
    expect(await read(id)).toEqual(before)
  })

  test.each([
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0 Safari/537.36',
      'Chrome on Linux',
    ],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Safari/604', 'Safari on iOS'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/147.0 Safari/537.36 Edg/147.0', 'Edge on Windows'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 15.0; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on macOS'],
    ['my-script/1.0', 'my-script/1.0'],
    ['', 'Unknown device'],
    [null, 'Unknown device'],
  ])('%s is %s', (userAgent, device) => {
    expect(describeDevice(userAgent)).toBe(device)
  })
})
