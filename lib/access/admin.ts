// What whoever runs the server may do from its command line, without a session.
import { createHash, randomBytes } from 'node:crypto'
import { and, eq, gt, like, lt, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { accounts, sessions, users, verifications } from '#lib/db/auth-schema.ts'
import type { Database } from '#lib/db/client.ts'
import { Conflict, InvalidInput, NotFound } from '#lib/errors.ts'
import { hashPassword, passwordProblem } from './passwords.ts'
import { accountKey, forgetTries } from './sign-in-limits.ts'
import { userByEmail } from './users.ts'

export const RESET_LINK_MS = 3_600_000
const PURPOSE = 'reset-password:'

/** A link that lets its holder set a new password once, within an hour. Only the token's hash is kept. */
export async function createResetLink(db: Database, email: string, origin: string): Promise<string> {
  const user = await userByEmail(db, email)
  if (!user) throw new NotFound(`An account for ${email}`)
  const token = randomBytes(32).toString('hex')
  await db.transaction(async (tx) => {
    await tx.delete(verifications).where(ofUser(user.id))
    await tx.insert(verifications).values({
      id: uuidv7(),
      identifier: PURPOSE + digest(token),
      value: user.id,
      expiresAt: new Date(Date.now() + RESET_LINK_MS),
    })
    await tx.delete(verifications).where(lt(verifications.expiresAt, sql`now() - interval '1 day'`))
  })
  return new URL(`/reset-password?token=${token}`, origin).href
}

/** Whose password the link would set, or null when it was used, is older than an hour or never was one. */
export async function resetLinkOwner(db: Database, token: string): Promise<{ email: string } | null> {
  const [found] = await db
    .select({ email: users.email })
    .from(verifications)
    .innerJoin(users, sql`${users.id}::text = ${verifications.value}`)
    .where(and(eq(verifications.identifier, PURPOSE + digest(token)), gt(verifications.expiresAt, sql`now()`)))
  return found ?? null
}

/** Sets the password, uses the link up and ends every session of the account, in one transaction. */
export async function resetPassword(db: Database, token: string, password: string): Promise<{ email: string }> {
  const owner = await resetLinkOwner(db, token)
  if (!owner) throw usedUp()
  const problem = passwordProblem(password, owner.email)
  if (problem) throw new InvalidInput([{ path: 'password', message: problem }])
  const hash = await hashPassword(password)
  await db.transaction(async (tx) => {
    const [used] = await tx
      .delete(verifications)
      .where(and(eq(verifications.identifier, PURPOSE + digest(token)), gt(verifications.expiresAt, sql`now()`)))
      .returning({ userId: verifications.value })
    if (!used) throw usedUp()
    const changed = await tx
      .update(accounts)
      .set({ password: hash, updatedAt: sql`now()` })
      .where(and(eq(accounts.userId, used.userId), eq(accounts.providerId, 'credential')))
      .returning({ id: accounts.id })
    if (changed.length === 0)
      await tx.insert(accounts).values({
        id: uuidv7(),
        userId: used.userId,
        accountId: used.userId,
        providerId: 'credential',
        password: hash,
      })
    await tx.delete(sessions).where(eq(sessions.userId, used.userId))
  })
  await forgetTries(db, accountKey(owner.email))
  return owner
}

/** Operators change pools and slots and see processes. @throws NotFound when nobody has this address. */
export async function setOperator(db: Database, email: string, operator: boolean): Promise<void> {
  const user = await userByEmail(db, email)
  if (!user) throw new NotFound(`An account for ${email}`)
  await db.transaction(async (tx) => {
    const operators = await tx.select({ id: users.id }).from(users).where(eq(users.operator, true)).for('update')
    if (!operator && operators.every(({ id }) => id === user.id))
      throw new Conflict(`${user.email} is the only operator. Add another one first.`)
    await tx.update(users).set({ operator }).where(eq(users.id, user.id))
  })
}

export function listOperators(db: Database): Promise<{ email: string; name: string }[]> {
  return db
    .select({ email: users.email, name: users.name })
    .from(users)
    .where(eq(users.operator, true))
    .orderBy(users.email)
}

function usedUp(): Conflict {
  return new Conflict(
    'This link was used already or is older than an hour. Ask whoever runs this server for a new one.',
    'link_used_up',
  )
}

function ofUser(userId: string) {
  return and(like(verifications.identifier, `${PURPOSE}%`), eq(verifications.value, userId))
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
