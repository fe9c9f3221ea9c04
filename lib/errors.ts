// What a verb may throw. Adapters (HTTP, server actions, command line) map these once; anything else is a fault of ours.

export type FieldIssue = { path: string; message: string }

export class DomainError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = new.target.name
    this.code = code
  }
}

/** The thing does not exist, or the actor may not know that it does. */
export class NotFound extends DomainError {
  constructor(what: string) {
    super('not_found', `${what} was not found. It may have been removed, or it belongs to another workspace.`)
  }
}

export class Unauthenticated extends DomainError {
  constructor(message = 'Sign in, or send an API key, to do this.') {
    super('unauthenticated', message)
  }
}

export class Forbidden extends DomainError {
  constructor(message: string) {
    super('forbidden', message)
  }
}

/** The thing has changed in the meantime, so the change asked for no longer applies. */
export class Conflict extends DomainError {
  constructor(message: string, code = 'conflict') {
    super(code, message)
  }
}

/** `status` is 422 unless the request is malformed as such (400). */
export class InvalidInput extends DomainError {
  readonly issues: FieldIssue[]
  readonly status: 400 | 422
  constructor(issues: FieldIssue[], status: 400 | 422 = 422) {
    const first = issues[0]
    super(
      'invalid_input',
      issues.length === 1 && first
        ? `${first.path ? `${first.path}: ` : ''}${first.message}`
        : `${issues.length} fields need correction.`,
    )
    this.issues = issues
    this.status = status
  }
}

export class TooLarge extends DomainError {
  readonly limitBytes: number
  constructor(limitBytes: number) {
    super('too_large', `The request is larger than ${sizeOf(limitBytes)}, the limit of this address.`)
    this.limitBytes = limitBytes
  }
}

/** The body is in a form that the address does not read. */
export class UnsupportedMedia extends DomainError {
  constructor(message: string) {
    super('unsupported_media_type', message)
  }
}

export class MethodNotAllowed extends DomainError {
  constructor(method: string, allowed: string) {
    super('method_not_allowed', `This address does not take ${method}. It takes ${allowed}.`)
  }
}

export class RateLimited extends DomainError {
  readonly retryAfterMs: number
  constructor(message: string, retryAfterMs: number) {
    super('rate_limited', message)
    this.retryAfterMs = retryAfterMs
  }
}

function sizeOf(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${Math.round(bytes / 1_000_000)} MB`
}
