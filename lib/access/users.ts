// Accounts as we make and read them; signing in and sessions are better-auth's.
import { eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { accounts, users } from '#lib/db/auth-schema.ts'
import type { Database, Tx } from '#lib/db/client.ts'
import { Conflict, InvalidInput } from '#lib/errors.ts'
import { hashPassword, passwordProblem } from './passwords.ts'

/** The person of a session. */
export type User = {
  id: string
  name: string
  email: string
  operator: boolean
  lastWorkspaceId: string | null
}

export type NewUser = { name: string; email: string; password: string; operator?: boolean }

/** @throws InvalidInput for an unacceptable password, Conflict when the address already has an account. */
export async function createUser(
  db: Database | Tx,
  { name, email, password, operator = false }: NewUser,
): Promise<User> {
  const address = email.toLowerCase()
  const problem = passwordProblem(password, address)
  if (problem) throw new InvalidInput([{ path: 'password', message: problem }])
  const hash = await hashPassword(password)
  const id = uuidv7()
  const [created] = await db
    .insert(users)
    .values({ id, name, email: address, operator })
    .onConflictDoNothing()
    .returning({ id: users.id })
  if (!created) throw new Conflict(`${address} already has an account. Sign in instead.`, 'email_taken')
  await db
    .insert(accounts)
    .values({ id: uuidv7(), userId: id, accountId: id, providerId: 'credential', password: hash })
  return { id, name, email: address, operator, lastWorkspaceId: null }
}

export async function userByEmail(db: Database | Tx, email: string): Promise<User | null> {
  const [found] = await db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      operator: users.operator,
      lastWorkspaceId: users.lastWorkspaceId,
    })
    .from(users)
    .where(eq(users.email, email.trim().toLowerCase()))
  return found ?? null
}
