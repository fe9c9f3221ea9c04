// A call that starts a workflow: whoever knows the secret may make it, signed or with the secret as a bearer token.
import { createHash, timingSafeEqual } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import { asWorkspace, type Database } from '#lib/db/client.ts'
import { triggers } from '#lib/db/triggers-schema.ts'
import { earlierSecret } from '#lib/deliveries/earlier-secrets.ts'
import { Conflict, NotFound, Unauthenticated } from '#lib/errors.ts'
import { isSignedBy } from '#lib/outbound/sign.ts'
import type { Queue } from '#lib/queue.ts'
import { unseal } from '#lib/secrets.ts'
import { repairText } from '#lib/text.ts'
import { lockedTrigger, placeOf } from './change.ts'
import { fire, type Fired } from './fire.ts'
import { readHook } from './hook.ts'

export type InboundCall = { headers: Headers; body: string }

/** @throws NotFound; Unauthenticated; Conflict while it is paused */
export async function receiveCall(
  { db, queue }: { db: Database; queue: Queue },
  hook: string,
  call: InboundCall,
): Promise<Fired> {
  const address = readHook(hook)
  if (!address) throw new NotFound('This webhook')
  const { workspaceId, id } = address
  return asWorkspace(db, workspaceId, async (tx) => {
    const [trigger] = await tx.select().from(triggers).where(eq(triggers.id, id))
    if (trigger?.config.kind !== 'webhook' || trigger.secret === null) throw new NotFound('This webhook')
    const place = placeOf(trigger)
    const before = await earlierSecret(tx, place)
    const known = [unseal(trigger.secret, place), ...(before ? [before.secret] : [])]
    if (!known.some((secret) => isBearer(secret, call.headers) || isSignedBy(secret, call)))
      throw new Unauthenticated(
        'The call is neither signed with the secret of this webhook nor has it as a bearer token.',
      )
    // Two calls of one id wait for each other here: the second finds what the first has started.
    const { pausedAt } = await lockedTrigger({ tx, workspaceId }, id)
    if (pausedAt !== null) throw new Conflict('This trigger is paused. Resume it and call again.', 'paused')
    const key = (call.headers.get('webhook-id') ?? call.headers.get('idempotency-key') ?? newId()).slice(0, 200)
    const text = textOf(call.body, trigger.config.textPath)
    return fire({ tx, queue, workspaceId, requestId: newId() }, trigger, { key, words: `Call ${key}`, text })
  })
}

function isBearer(secret: string, headers: Headers): boolean {
  const given = /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  if (given === undefined) return false
  const hash = (value: string) => createHash('sha256').update(value).digest()
  return timingSafeEqual(hash(given), hash(secret))
}

function textOf(body: string, path: string | null): string | { refusal: string } {
  if (path === null) return repairText(body).text
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return { refusal: 'The body of the call is not JSON.' }
  }
  for (const name of path.split('.'))
    value =
      value !== null && typeof value === 'object' && Object.hasOwn(value, name)
        ? (value as Record<string, unknown>)[name]
        : undefined
  return typeof value === 'string' ? repairText(value).text : { refusal: `The call has no text at "${path}".` }
}
