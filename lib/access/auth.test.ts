import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { members, sessions, users } from '#lib/db/auth-schema.ts'
import { testDatabase, type TestDatabase } from '#lib/db/test-database.ts'
import { parseEnv } from '#lib/env.ts'
import { Forbidden, NotFound } from '#lib/errors.ts'
import { listWorkspaces } from '#lib/workspaces/queries.ts'
import { AUTH_PATH, type Auth, createAuth, OPEN_ROUTES } from './auth.ts'
import { accountKey, countTry, SIGN_IN_LIMITS, triesLeft } from './sign-in-limits.ts'

const ORIGIN = 'http://127.0.0.1:4100'
const PASSWORD = 'tulip harbour seven'
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

let database: TestDatabase
let auth: Auth
let people = 0

beforeAll(async () => {
  database = await testDatabase()
  auth = start()
})
afterAll(() => database.drop())

function start(settings: Record<string, string> = {}): Auth {
  const parsed = parseEnv({ PORT: '4100', BATON_SIGN_UP: 'open', ...settings })
  return createAuth({ db: database.app.db, secret: 'a secret of at least 32 characters', settings: parsed })
}

type Call = { cookie?: string; origin?: string | null; headers?: Record<string, string>; from?: Auth }

function send(
  method: string,
  route: string,
  body: unknown,
  { cookie, origin = ORIGIN, headers, from = auth }: Call = {},
) {
  return from.handler(
    new Request(ORIGIN + AUTH_PATH + route, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(origin === null ? {} : { origin }),
        ...(cookie ? { cookie } : {}),
        'x-forwarded-for': `10.0.0.${people % 250}`,
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    }),
  )
}

/** The status that an adapter gives a refusal. */
async function statusOf(answer: Promise<Response>): Promise<number> {
  try {
    return (await answer).status
  } catch (error) {
    if (error instanceof NotFound) return 404
    if (error instanceof Forbidden) return 403
    throw error
  }
}

const post = (route: string, body: unknown, call?: Call) => send('POST', route, body, call)
const get = (route: string, call?: Call) => send('GET', route, undefined, call)
const cookieOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')

async function signUp(call?: Call) {
  people += 1
  const email = `person-${people}@example.com`
  const response = await post('/sign-up/email', { name: 'Maya Lindqvist', email, password: PASSWORD }, call)
  expect(response.status).toBe(200)
  const [user] = await database.app.db.select().from(users).where(eq(users.email, email))
  if (!user) throw new Error('no user')
  return { email, user, cookie: cookieOf(response), response }
}

async function signedIn(cookie: string): Promise<boolean> {
  return (await auth.api.getSession({ headers: new Headers({ cookie }) })) !== null
}

describe('signing up', () => {
  test('an open sign-up makes the account, its workspace and a session in one go', async () => {
    const { user, cookie } = await signUp()
    const workspaces = await listWorkspaces(database.app.db, user.id)
    expect(workspaces).toMatchObject([{ name: 'Maya’s workspace', role: 'owner' }])
    expect(await signedIn(cookie)).toBe(true)
  })

  test('every generated id is a UUIDv7', async () => {
    const { user } = await signUp()
    const { rows } = await database.admin.query(
      `select id from users union all select id from sessions union all select id from accounts
       union all select id from workspaces union all select id from members union all select id from rate_limits`,
    )
    expect(rows.length).toBeGreaterThan(5)
    for (const { id } of rows) expect(id).toMatch(UUID_V7)
    expect(user.operator).toBe(false)
  })

  test('a sign-up that cannot make its workspace makes no account either', async () => {
    await database.admin.query('alter table members add constraint refuse check (false) not valid')
    try {
      const email = 'unlucky@example.com'
      await expect(post('/sign-up/email', { name: 'Una', email, password: PASSWORD })).rejects.toThrow(/members/)
      expect(await database.app.db.$count(users, eq(users.email, email))).toBe(0)
    } finally {
      await database.admin.query('alter table members drop constraint refuse')
    }
  })

  test('with sign-up by invitation nobody can sign up', async () => {
    const closed = start({ BATON_SIGN_UP: 'invited' })
    const body = { name: 'Max', email: 'max@example.com', password: PASSWORD }
    const response = await post('/sign-up/email', body, { from: closed })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'EMAIL_PASSWORD_SIGN_UP_DISABLED' })
    expect(await database.app.db.$count(users, eq(users.email, body.email))).toBe(0)
  })

  test('sign-up is by invitation unless said otherwise when other machines can reach the address', async () => {
    const closed = createAuth({
      db: database.app.db,
      secret: 'a secret of at least 32 characters',
      settings: parseEnv({ PORT: '4100', HOST: '0.0.0.0' }),
    })
    const body = { name: 'Max', email: 'max@example.com', password: PASSWORD }
    expect((await post('/sign-up/email', body, { from: closed, origin: 'http://0.0.0.0:4100' })).status).toBe(400)
  })

  test.each([
    ['short', 'at least 8'],
    ['password1', 'first that attackers try'],
    ['PassWord1', 'first that attackers try'],
    ['aaaaaaaaaaaa', 'first that attackers try'],
    ['x'.repeat(129), 'at most 128'],
    ['weak@example.com', 'your e-mail address'],
  ])('refuses the password %s', async (password, why) => {
    const response = await post('/sign-up/email', { name: 'Max', email: 'weak@example.com', password })
    expect(response.status).toBe(422)
    expect((await response.json()).message).toContain(why)
  })

  test.each([
    ['operator', true],
    ['lastWorkspaceId', '01a20fe1-47cf-73b4-ae46-fba4afd42b84'],
  ])('refuses to take %s from the request', async (field, value) => {
    const body = { name: 'Max', email: 'mass@example.com', password: PASSWORD, [field]: value }
    const response = await post('/sign-up/email', body)
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(await database.app.db.$count(users, eq(users.email, body.email))).toBe(0)
  })

  test('a name that cannot be stored is refused, not a fault', async () => {
    const body = { name: 'a\0b', email: 'nul@example.com', password: PASSWORD }
    expect((await post('/sign-up/email', body)).status).toBe(422)
  })
})

describe('signing in', () => {
  test('an unknown address and a wrong password get the same answer', async () => {
    const { email } = await signUp()
    const wrong = await post('/sign-in/email', { email, password: 'not the password' })
    const unknown = await post('/sign-in/email', { email: 'nobody@example.com', password: 'not the password' })
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(await wrong.text()).toBe(await unknown.text())
  })

  test('too many tries on one account are refused with the time to wait, from any address and process', async () => {
    const { email } = await signUp()
    const second = start()
    const { account } = SIGN_IN_LIMITS
    for (let n = 0; n < account.max - 2; n += 1) await countTry(database.app.db, accountKey(email), account)
    for (const [address, from] of [
      ['2001:db8:1::1', auth],
      ['2001:db8:2::1', second],
    ] as const) {
      const headers = { 'x-forwarded-for': address }
      expect((await post('/sign-in/email', { email, password: 'guess' }, { headers, from })).status).toBe(401)
    }
    const refused = await post('/sign-in/email', { email, password: PASSWORD }, { from: second })
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  test('signing in clears the count of tries', async () => {
    const { email } = await signUp()
    const { account } = SIGN_IN_LIMITS
    for (let n = 0; n < account.max - 1; n += 1) await countTry(database.app.db, accountKey(email), account)
    expect(await triesLeft(database.app.db, email)).toBe(1)
    expect((await post('/sign-in/email', { email, password: PASSWORD })).status).toBe(200)
    expect(await triesLeft(database.app.db, email)).toBe(account.max)
  })

  test('a forged X-Forwarded-For counts only behind a proxy of ours', async () => {
    const behind = start({ BATON_TRUSTED_PROXIES: '10.0.0.0/8' })
    const { email } = await signUp()
    const headers = { 'x-forwarded-for': '203.0.113.9, 198.51.100.4, 10.0.0.2' }
    await post('/sign-in/email', { email, password: PASSWORD }, { headers, from: behind })
    const [session] = await database.app.db.select().from(sessions).where(eq(sessions.ipAddress, '198.51.100.4'))
    expect(session).toBeDefined()
  })
})

describe('session cookies', () => {
  test('are HttpOnly and SameSite', async () => {
    const { response } = await signUp()
    for (const line of response.headers.getSetCookie()) expect(line).toMatch(/HttpOnly; SameSite=Lax/)
  })

  test('over https are Secure and bound to the host by name', async () => {
    const secure = start({ BATON_PUBLIC_URL: 'https://baton.example' })
    const { response } = await signUp({ from: secure, origin: 'https://baton.example' })
    const lines = response.headers.getSetCookie()
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) {
      expect(line).toMatch(/^__Host-baton\.session_token=.*; Path=\/; HttpOnly; Secure; SameSite=Lax/)
      expect(line).not.toContain('Domain')
    }
  })
})

describe('F60: ending sessions', () => {
  test('a revoked session is refused on the next request', async () => {
    const { user, cookie } = await signUp()
    expect(await signedIn(cookie)).toBe(true)
    await database.app.db.delete(sessions).where(eq(sessions.userId, user.id))
    expect(await signedIn(cookie)).toBe(false)
  })

  test('an expired session is refused', async () => {
    const { user, cookie } = await signUp()
    await database.app.db
      .update(sessions)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(eq(sessions.userId, user.id))
    expect(await signedIn(cookie)).toBe(false)
  })

  test('changing the password ends every other session, whatever the request asks for', async () => {
    const { email, cookie } = await signUp()
    const other = cookieOf(await post('/sign-in/email', { email, password: PASSWORD }))
    const body = { currentPassword: PASSWORD, newPassword: 'another long phrase', revokeOtherSessions: false }
    const changed = await post('/change-password', body, { cookie })
    expect(changed.status).toBe(200)
    expect(await signedIn(other)).toBe(false)
    expect(await signedIn(cookie)).toBe(false)
    expect(await signedIn(cookieOf(changed))).toBe(true)
  })

  test('a deleted user has no session', async () => {
    const { user, cookie } = await signUp()
    await database.app.db.delete(members).where(eq(members.userId, user.id))
    await database.app.db.delete(users).where(eq(users.id, user.id))
    expect(await signedIn(cookie)).toBe(false)
  })
})

describe('F61: other sites', () => {
  test.each([
    ['a foreign origin', 'http://evil.example'],
    ['another port', 'http://127.0.0.1:4101'],
    ['null', 'null'],
    ['none', null],
  ])('a request with a cookie and %s as its origin is refused', async (_, origin) => {
    const { cookie } = await signUp()
    expect(await statusOf(post('/sign-out', {}, { cookie, origin }))).toBe(403)
    expect(await signedIn(cookie)).toBe(true)
  })

  test('signing in needs no cookie, yet another site cannot do it in a browser', async () => {
    const { email } = await signUp()
    const body = { email, password: PASSWORD }
    expect(await statusOf(post('/sign-in/email', body, { origin: 'http://evil.example' }))).toBe(403)
    expect(await statusOf(post('/sign-in/email', body, { headers: { 'sec-fetch-site': 'cross-site' } }))).toBe(403)
    expect(await statusOf(post('/sign-in/email', body, { origin: null }))).toBe(200)
  })

  test('both loopback names of the app are its own origins', async () => {
    const { cookie } = await signUp()
    expect((await post('/update-user', { name: 'Max' }, { cookie, origin: 'http://localhost:4100' })).status).toBe(200)
    expect((await post('/sign-out', {}, { cookie })).status).toBe(200)
  })
})

describe('open routes', () => {
  test('of the organization plugin only the list of my own workspaces answers', async () => {
    const { cookie } = await signUp()
    const list = await get('/organization/list', { cookie })
    expect(await list.json()).toMatchObject([{ name: 'Maya’s workspace' }])
    const paths = Object.values(auth.api).map((endpoint) => (endpoint as { path?: string }).path)
    const organization = paths.filter((path) => path?.startsWith('/organization/') && path !== '/organization/list')
    expect(organization.length).toBeGreaterThan(10)
    for (const path of organization)
      for (const method of ['GET', 'POST'])
        expect(await statusOf(send(method, path ?? '', method === 'GET' ? undefined : {}, { cookie }))).toBe(404)
  })

  test('whatever is not listed as open is not there, however it is spelt', async () => {
    const { cookie } = await signUp()
    const paths = Object.values(auth.api).map((endpoint) => (endpoint as { path?: string }).path ?? '')
    const closed = paths.filter((path) => !(OPEN_ROUTES as readonly string[]).includes(path))
    for (const path of [
      ...closed,
      '/organization/create/',
      '//organization/create',
      '/organization%2Fcreate',
      '/x/../organization/create',
    ])
      expect(await statusOf(post(path, {}, { cookie }))).toBe(404)
  })
})
