// Signatures of calls, both ways, as Standard Webhooks has them: over the id, the time and the exact bytes.
import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'

/** `whsec_…`, 24 random bytes. */
export function newSigningSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`
}

/**
 * `id` stays the same when the same message is sent again: a receiver may take it once only. With each secret a signature: a receiver that knows one of them is content.
 */
export function signedHeaders(
  secrets: string | readonly string[],
  { id, body, at }: { id: string; body: string; at: Date },
) {
  return {
    'content-type': 'application/json',
    'user-agent': 'Baton-Webhooks',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': [secrets]
      .flat()
      .map((secret) => new Webhook(secret).sign(id, at, body))
      .join(' '),
  }
}

/** Whether the secret signed this, within five minutes of now. */
export function isSignedBy(secret: string, { body, headers }: { body: string; headers: Headers }): boolean {
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature']
  try {
    new Webhook(secret).verify(body, Object.fromEntries(names.map((name) => [name, headers.get(name) ?? ''])), {
      jsonParse: false,
    })
    return true
  } catch {
    return false
  }
}
