// What is checked around better-auth's own routes, over HTTP and when the app calls them: tries are counted, passwords
// and names are judged, and a new password ends every other session.
import { APIError } from 'better-auth/api'
import type { Database } from '#lib/db/client.ts'
import { isWellFormed } from '#lib/text.ts'
import { passwordProblem } from './passwords.ts'
import {
  accountKey,
  addressKey,
  countTry,
  forgetTries,
  giveBackTry,
  type Limit,
  SIGN_IN_LIMITS,
  SIGN_UP_LIMIT,
} from './sign-in-limits.ts'

export type Attempt = { path: string; body: Record<string, unknown>; address: string | null }

/** Returns the body to go on with. @throws APIError 429 with Retry-After, or 422. */
export async function guardRoute(db: Database, { path, body, address }: Attempt): Promise<Record<string, unknown>> {
  if (path === '/sign-in/email') {
    if (address) await refuseBeyond(db, addressKey('sign-in', address), SIGN_IN_LIMITS.address)
    await refuseBeyond(db, accountKey(word(body.email)), SIGN_IN_LIMITS.account)
  }
  if (path === '/sign-up/email') {
    if (address) await refuseBeyond(db, addressKey('sign-up', address), SIGN_UP_LIMIT)
    refuseName(body.name)
    refusePassword(word(body.password), word(body.email))
  }
  if (path === '/update-user') {
    if ('image' in body) refuse('IMAGE_REFUSED', 'Baton keeps no pictures of people.')
    if ('name' in body) refuseName(body.name)
  }
  if (path === '/change-password') {
    refusePassword(word(body.newPassword))
    return { ...body, revokeOtherSessions: true }
  }
  return body
}

/** A success clears the account's count and does not count against the address. */
export async function noteSignIn(db: Database, { body, address }: Attempt): Promise<void> {
  if (address) await giveBackTry(db, addressKey('sign-in', address))
  await forgetTries(db, accountKey(word(body.email)))
}

async function refuseBeyond(db: Database, key: string, limit: Limit): Promise<void> {
  const { allowed, retryAfterMs } = await countTry(db, key, limit)
  if (allowed) return
  const retryAfter = Math.ceil(retryAfterMs / 1000)
  throw new APIError(
    'TOO_MANY_REQUESTS',
    { code: 'TOO_MANY_TRIES', message: `Too many tries. Try again in ${retryAfter} s.`, retryAfter },
    { 'Retry-After': String(retryAfter) },
  )
}

function refusePassword(password: string, email?: string): void {
  const problem = passwordProblem(password, email)
  if (problem) refuse('PASSWORD_REFUSED', problem)
}

function refuseName(name: unknown): void {
  if (word(name).trim().length === 0 || word(name).length > 100)
    refuse('NAME_REFUSED', 'Enter a name of 1 to 100 characters.')
  if (!isWellFormed(word(name))) refuse('NAME_REFUSED', 'The name has a character that cannot be stored.')
}

function refuse(code: string, message: string): never {
  throw new APIError('UNPROCESSABLE_ENTITY', { code, message })
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
