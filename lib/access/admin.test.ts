import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sessions, verifications } from '#lib/db/auth-schema.ts'
import { testDatabase, type TestDatabase } from '#lib/db/test-database.ts'
import { parseEnv } from '#lib/env.ts'
import { Conflict, InvalidInput, NotFound } from '#lib/errors.ts'
import { createResetLink, listOperators, resetLinkOwner, resetPassword, setOperator } from './admin.ts'
import { type Auth, createAuth } from './auth.ts'
import { accountKey, countTry, SIGN_IN_LIMITS, triesLeft } from './sign-in-limits.ts'
import { createUser, userByEmail } from './users.ts'

let database: TestDatabase
let auth: Auth
let email: string
let people = 0

beforeAll(async () => {
  database = await testDatabase()
  const settings = parseEnv({ PORT: '4100' })
  auth = createAuth({ db: database.app.db, secret: 'a secret of at least 32 characters', settings })
})
afterAll(() => database.drop())
beforeEach(async () => {
  people += 1
  email = `person-${people}@example.com`
  await createUser(database.app.db, { name: 'Max', email, password: 'the lost old phrase' })
})

const link = () => createResetLink(database.app.db, email, 'https://baton.example')
const tokenOf = (url: string) => new URL(url).searchParams.get('token') ?? ''
const signIn = (password: string) => auth.api.signInEmail({ body: { email, password } })

describe('reset links', () => {
  test('a link sets a new password once and ends every session', async () => {
    const { token: session } = await signIn('the lost old phrase')
    const url = await link()
    expect(url).toMatch(/^https:\/\/baton\.example\/reset-password\?token=[0-9a-f]{64}$/)
    expect(await resetLinkOwner(database.app.db, tokenOf(url))).toEqual({ email })
    await resetPassword(database.app.db, tokenOf(url), 'a new longer phrase')
    expect(await database.app.db.$count(sessions, eq(sessions.token, session))).toBe(0)
    await expect(signIn('the lost old phrase')).rejects.toMatchObject({ statusCode: 401 })
    expect(await signIn('a new longer phrase')).toMatchObject({ user: { email } })
    await expect(resetPassword(database.app.db, tokenOf(url), 'yet another phrase')).rejects.toBeInstanceOf(Conflict)
  })

  test('of two uses at once one succeeds', async () => {
    const token = tokenOf(await link())
    const uses = await Promise.allSettled(
      [1, 2].map((n) => resetPassword(database.app.db, token, `new longer phrase ${n}`)),
    )
    expect(uses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('a refused password does not use the link up', async () => {
    const token = tokenOf(await link())
    await expect(resetPassword(database.app.db, token, 'password1')).rejects.toBeInstanceOf(InvalidInput)
    expect(await resetLinkOwner(database.app.db, token)).toEqual({ email })
  })

  test('a newer link replaces the older one, and after an hour neither works', async () => {
    const older = tokenOf(await link())
    const newer = tokenOf(await link())
    expect(await resetLinkOwner(database.app.db, older)).toBeNull()
    expect(await resetLinkOwner(database.app.db, newer)).toEqual({ email })
    await database.app.db.update(verifications).set({ expiresAt: new Date(Date.now() - 1) })
    expect(await resetLinkOwner(database.app.db, newer)).toBeNull()
    await expect(resetPassword(database.app.db, newer, 'a new longer phrase')).rejects.toBeInstanceOf(Conflict)
  })

  test('the token is not in the database', async () => {
    const token = tokenOf(await link())
    const { rows } = await database.admin.query('select row_to_json(v)::text as row from verifications v')
    expect(rows.length).toBeGreaterThan(0)
    for (const { row } of rows) expect(row).not.toContain(token)
  })

  test('a new password ends a pause after too many tries', async () => {
    for (let n = 0; n <= SIGN_IN_LIMITS.account.max; n += 1)
      await countTry(database.app.db, accountKey(email), SIGN_IN_LIMITS.account)
    expect(await triesLeft(database.app.db, email)).toBe(0)
    await resetPassword(database.app.db, tokenOf(await link()), 'a new longer phrase')
    expect(await signIn('a new longer phrase')).toMatchObject({ user: { email } })
  })

  test('nobody gets a link for an unknown address', async () => {
    await expect(
      createResetLink(database.app.db, 'nobody@example.com', 'https://baton.example'),
    ).rejects.toBeInstanceOf(NotFound)
  })
})

describe('operators', () => {
  test('are added and removed by address, but never the last one', async () => {
    await setOperator(database.app.db, email.toUpperCase(), true)
    expect(await userByEmail(database.app.db, email)).toMatchObject({ operator: true })
    await expect(setOperator(database.app.db, email, false)).rejects.toBeInstanceOf(Conflict)
    const other = `other-${people}@example.com`
    await createUser(database.app.db, { name: 'Other', email: other, password: 'the other old phrase' })
    await setOperator(database.app.db, other, true)
    await setOperator(database.app.db, email, false)
    expect(await listOperators(database.app.db)).toEqual([{ email: other, name: 'Other' }])
    await expect(setOperator(database.app.db, 'nobody@example.com', true)).rejects.toBeInstanceOf(NotFound)
  })
})
