// What the clients saw, outside the database, so that the system cannot grade itself.
// An operation is `ok` (2xx seen), `fail` (refused: must not exist) or `info` (no answer or 5xx: may exist or not).
import { randomUUID } from 'node:crypto'
import type { ApiClient } from '../api-client.ts'

export type Reply = { status: number; taskId: string | null; at: number }

export type Operation = {
  key: string
  worker: string
  body: string
  /** Every answer to this key, also those of repeats. */
  replies: Reply[]
  /** Repeats that got no usable answer. */
  unanswered: number
  outcome: 'ok' | 'fail' | 'info'
  invokedAt: number
}

const WORKERS = [
  'summarizer',
  'sentiment-analyzer',
  'document-analyzer',
  'question-generator',
  'category-classifier',
  'translator',
]

export function newOperation(random: () => number, overrides: Record<string, unknown> = {}): Operation {
  const key = randomUUID()
  const worker = WORKERS[Math.floor(random() * WORKERS.length)] ?? 'summarizer'
  const text = `Order ${key}. The parcel arrived late on 3 April and the box was torn. Please refund $${Math.floor(random() * 900)}.`
  const priority = random() < 0.1 ? 'urgent' : random() < 0.2 ? 'low' : 'normal'
  const body = JSON.stringify({ worker, input: { text }, priority, externalId: key, engine: 'model', ...overrides })
  return { key, worker, body, replies: [], unanswered: 0, outcome: 'info', invokedAt: Date.now() }
}

/** Sends the operation once. Never throws: what happened is in the operation. */
export async function attempt(client: ApiClient, operation: Operation, timeoutMs = 8_000): Promise<void> {
  try {
    const response = await fetch(`${client.baseUrl}/api/v1/workspaces/${client.workspace}/tasks`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${client.apiKey}`,
        'idempotency-key': operation.key,
      },
      body: operation.body,
      signal: AbortSignal.timeout(timeoutMs),
    })
    const answer: unknown = await response.json()
    const id = answer !== null && typeof answer === 'object' && 'id' in answer ? String(answer.id) : null
    operation.replies.push({ status: response.status, taskId: id, at: Date.now() })
    if (response.status >= 200 && response.status < 300) operation.outcome = 'ok'
    else if (response.status < 500 && response.status !== 409 && response.status !== 429) operation.outcome = 'fail'
  } catch {
    operation.unanswered += 1
  }
}

/** Repeats an operation with the same key until it is decided or `until` has passed. */
export async function settle(client: ApiClient, operation: Operation, until: number): Promise<void> {
  for (;;) {
    await attempt(client, operation)
    if (operation.outcome !== 'info' || Date.now() > until) return
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

/** A small seeded generator (mulberry32), so that a failing seed can be run again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
