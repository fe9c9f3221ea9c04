// What better-auth refuses, as our own errors with our own words. Faults are passed on as they are.
import 'server-only'
import { isAPIError } from 'better-auth/api'
import { Conflict, DomainError, InvalidInput, RateLimited, Unauthenticated } from '#lib/errors.ts'

/** @throws the error itself when it is a fault, not a refusal. */
export function refusalOf(error: unknown): DomainError {
  if (!isAPIError(error) || error.statusCode >= 500) throw error
  const { code = '', message = '', retryAfter } = (error.body ?? {}) as Body
  switch (code) {
    case 'INVALID_EMAIL_OR_PASSWORD':
      return new DomainError('wrong_credentials', 'Email or password is wrong.')
    case 'INVALID_PASSWORD':
      return field('currentPassword', 'This is not your current password.')
    case 'INVALID_EMAIL':
      return field('email', 'Enter an email address, such as maya@example.com.')
    case 'PASSWORD_REFUSED':
    case 'PASSWORD_TOO_SHORT':
    case 'PASSWORD_TOO_LONG':
      return field('password', message)
    case 'NAME_REFUSED':
      return field('name', message)
    case 'TOO_MANY_TRIES':
      return new RateLimited('Too many tries.', (retryAfter ?? 60) * 1000)
    case 'EMAIL_PASSWORD_SIGN_UP_DISABLED':
      return new DomainError('sign_up_closed', 'Sign-up is closed on this Baton. Ask an owner for an account.')
    case 'USER_ALREADY_EXISTS':
    case 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL':
      return new Conflict('This email has an account already. Sign in with it, or use another one.', 'email_taken')
  }
  if (error.statusCode === 401) return new Unauthenticated('You are no longer signed in. Sign in again.')
  if (error.statusCode === 400 && /email/i.test(message))
    return field('email', 'Enter an email address, such as maya@example.com.')
  return new DomainError('refused', message || 'This was refused.')
}

type Body = { code?: string; message?: string; retryAfter?: number }

function field(path: string, message: string): InvalidInput {
  return new InvalidInput([{ path, message }])
}
