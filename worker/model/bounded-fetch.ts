// fetch that ends: no first byte, a stall, a drip without end or an answer without end all become errors, and the
// socket is destroyed. The body is read here as a whole, so a failure carries what had arrived.
import { openDeadline } from './deadline.ts'

export type FetchLimits = {
  /** A model that does not stream sends its first byte when its answer is complete. */
  firstByteMs: number
  idleMs: number
  maxBytes: number
}

/** Their messages avoid the words by which the client library recognises timeouts, as it would drop the cause. */
export class AnswerLate extends Error {
  readonly ms: number
  readonly afterBytes: number
  constructor(ms: number, afterBytes: number) {
    super('the answer did not arrive')
    this.name = 'AnswerLate'
    this.ms = ms
    this.afterBytes = afterBytes
  }
}

export class AnswerTooLarge extends Error {
  readonly limitBytes: number
  readonly start: string
  constructor(limitBytes: number, start: string) {
    super('the answer is too large')
    this.name = 'AnswerTooLarge'
    this.limitBytes = limitBytes
    this.start = start
  }
}

export function boundedFetch(limits: FetchLimits): typeof fetch {
  return async (input, init) => {
    let received = 0
    const late = (ms: number) => () => new AnswerLate(ms, received)
    const deadline = openDeadline(init?.signal, limits.firstByteMs, late(limits.firstByteMs))
    try {
      // A redirect would carry the key and the document to another place.
      const response = await fetch(input, { ...init, signal: deadline.signal, redirect: 'manual' })
      deadline.extend(limits.idleMs, late(limits.idleMs))
      const chunks: Uint8Array[] = []
      for await (const chunk of response.body ?? []) {
        deadline.extend(limits.idleMs, late(limits.idleMs))
        received += chunk.byteLength
        chunks.push(chunk)
        if (received > limits.maxBytes)
          throw new AnswerTooLarge(limits.maxBytes, Buffer.concat(chunks).toString('utf8', 0, 70_000))
      }
      const empty = response.status === 204 || response.status === 205 || response.status === 304
      return new Response(empty ? null : Buffer.concat(chunks), {
        status: response.status,
        statusText: response.statusText,
        headers: response.headers,
      })
    } catch (error) {
      const reason: unknown = deadline.signal.reason
      throw reason instanceof AnswerLate ? reason : error
    } finally {
      deadline.done()
    }
  }
}
