// Makes the calls that wait, a few at a time. What is durable is in lib/deliveries: this may be killed anywhere, and
// then the same call is made again with the same id.
import { asWorkspace, type Database } from '#lib/db/client.ts'
import { causeWords, databaseFault } from '#lib/db/faults.ts'
import { claimDelivery, type DeliveryClaim, returnDelivery, settleDelivery } from '#lib/deliveries/claim.ts'
import { signingSecrets } from '#lib/deliveries/signing.ts'
import type { Try } from '#lib/deliveries/states.ts'
import { callOut } from '#lib/outbound/call.ts'
import type { AllowList } from '#lib/outbound/address.ts'
import { signedHeaders } from '#lib/outbound/sign.ts'
import type { Queue } from '#lib/queue.ts'
import { type FewAtOnce, openFewAtOnce } from '../few-at-once.ts'

export type SenderOptions = {
  atOnce?: number
  allow?: AllowList
  timeoutMs?: number
  backoffMs?: readonly number[]
}

type Options = SenderOptions & { db: Database; queue: Queue; pollMs: number }

const TIMEOUT_MS = 10_000
/** Beyond the longest call, so that nobody takes over one that still runs. */
const SPARE_MS = 10_000

/** Stopped, what is being sent goes back to what waits. */
export function openDeliverySender(options: Options): FewAtOnce {
  const { db, queue, pollMs, atOnce = 8, timeoutMs = TIMEOUT_MS } = options

  async function send(claim: DeliveryClaim, stopping: AbortSignal): Promise<void> {
    try {
      const made = await attempt(claim, stopping)
      await settleDelivery({ db, queue, ...(options.backoffMs ? { backoffMs: options.backoffMs } : {}) }, claim, made)
    } catch (error) {
      complain(error)
      if (stopping.aborted) await returnDelivery(db, claim).catch(complain)
    }
  }

  async function attempt(claim: DeliveryClaim, signal: AbortSignal): Promise<Try & { retryAfterMs: number | null }> {
    const at = new Date()
    const { id, url, body, workspaceId } = claim
    const secrets = await asWorkspace(db, workspaceId, (tx) => signingSecrets(tx, workspaceId)).catch(noSecret)
    if (!Array.isArray(secrets))
      return { at: at.toISOString(), status: null, ms: 0, error: secrets, retryAfterMs: null }
    const outcome = await callOut({
      url,
      body,
      headers: signedHeaders(secrets, { id, body, at }),
      timeoutMs,
      signal,
      ...(options.allow ? { allow: options.allow } : {}),
    })
    return { at: at.toISOString(), ...outcome }
  }

  const claim = () => claimDelivery(db, timeoutMs + SPARE_MS).catch(complain)
  return openFewAtOnce({ claim, work: send, atOnce, pollMs })
}

function noSecret(error: unknown): { code: 'no_secret'; message: string } {
  if (databaseFault(error) !== null) throw error
  return { code: 'no_secret', message: causeWords(error) }
}

function complain(error: unknown): null {
  if (databaseFault(error) === null && !(error instanceof DOMException && error.name === 'AbortError'))
    console.warn(`worker: deliveries: ${causeWords(error)}`)
  return null
}
