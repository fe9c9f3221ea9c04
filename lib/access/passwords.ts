// What counts as a password: 8 to 128 characters and not one of those that attackers try first.
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import common from './common-passwords.json' with { type: 'json' }

export const PASSWORD_LENGTH = { min: 8, max: 128 } as const

const COMMON = new Set(common)

/** The sentence that says why this password is refused, or null when it is fine. */
export function passwordProblem(password: string, email?: string): string | null {
  if (password.length < PASSWORD_LENGTH.min)
    return `Use at least ${PASSWORD_LENGTH.min} characters. A few unrelated words are easy to remember.`
  if (password.length > PASSWORD_LENGTH.max) return `Use at most ${PASSWORD_LENGTH.max} characters.`
  const lower = password.toLowerCase()
  if (COMMON.has(lower) || new Set(lower).size < 3)
    return 'This password is among the first that attackers try. Choose another one, for example a few unrelated words.'
  const local = email?.toLowerCase().split('@')[0]
  if (email && (lower === email.toLowerCase() || lower === local))
    return 'This password is your e-mail address. Choose another one.'
  return null
}

export { hashPassword, verifyPassword }
