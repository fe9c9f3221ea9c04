// What a scenario has: a running stack, a workspace of its own, and words for what it wants to see.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { ApiClient } from '../api-client.ts'
import { type Stack, until } from '../stack.ts'

export type World = {
  stack: Stack
  client: ApiClient
  /** Divides durations of the fault battery; 1 = as written there. */
  scale: number
}

export type Scenario = { id: string; title: string; run: (world: World) => Promise<void> }

/** A scenario that starts what it needs by itself, in a folder of its own. */
export type OwnScenario = { id: string; title: string; run: (place: Place) => Promise<void> }
export type Place = { folder: string; scale: number }

/** What this machine does not allow: said in the output, and not counted as passed. */
export class Skipped extends Error {}

export type Answer = {
  status: number
  headers: Headers
  body: Record<string, unknown>
  /** Milliseconds until the answer was complete. */
  tookMs: number
}

/** @throws when no answer came within the time. */
export async function call(
  { baseUrl, workspace, apiKey }: ApiClient,
  method: string,
  path: string,
  { body, key, timeoutMs = 20_000 }: { body?: unknown; key?: string; timeoutMs?: number } = {},
): Promise<Answer> {
  const started = performance.now()
  const response = await fetch(`${baseUrl}/api/v1/workspaces/${workspace}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${apiKey}`,
      // One kept from the last call may be closed by the server in the moment of this one.
      connection: 'close',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(timeoutMs),
  })
  const text = await response.text()
  const parsed = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
  return { status: response.status, headers: response.headers, body: parsed, tookMs: performance.now() - started }
}

/** Submits a task of the model engine and returns its id. `mark` is a word of its text, for scripting the model. */
export async function submit(
  { client }: World,
  {
    mark = randomUUID(),
    engine = 'model',
    worker = 'summarizer',
    begins = 'Note',
  }: { mark?: string; engine?: string; worker?: string; begins?: string } = {},
): Promise<string> {
  const text = `${begins} ${mark}. The parcel arrived on 3 April. The box was torn. Please refund $40 by Friday.`
  const input = { text }
  const key = randomUUID()
  let answer: Answer
  // As a client does that is told to come back.
  for (const end = Date.now() + 30_000; ; await pause(500)) {
    answer = await call(client, 'POST', '/tasks', { body: { worker, input, engine }, key })
    if (answer.status !== 503 || Date.now() > end) break
  }
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return String(answer.body['id'])
}

export type Row = {
  status: string
  reason: string | null
  epoch: number
  attempts_used: number
  process_id: number | null
  result: unknown
  error: { code: string } | null
}

export async function task({ stack }: World, id: string): Promise<Row> {
  const { rows } = await stack.admin().query<Row>('select * from tasks where id = $1', [id])
  const row = rows[0]
  assert.ok(row, `task ${id} is not there`)
  return row
}

/** Waits until the task has this status. @throws Error with its state and events otherwise. */
export async function becomes(world: World, id: string, status: string, timeoutMs = 30_000): Promise<Row> {
  await until(async () => (await task(world, id)).status === status, timeoutMs, `task ${id} to be ${status}`).catch(
    async (error: unknown) => {
      const row = await task(world, id)
      throw new Error(`${String(error)} It is ${row.status}, epoch ${row.epoch}, ${JSON.stringify(row.error)}.`)
    },
  )
  return task(world, id)
}

export async function count({ stack }: World, query: string, values: unknown[]): Promise<number> {
  const { rows } = await stack.admin().query<{ n: string }>(query, values)
  return Number(rows[0]?.n ?? 0)
}

/** Requests of this text that reached the model server. */
export function providerCalls({ stack }: World, mark: string): number {
  return stack.model.calls.filter(({ body }) => JSON.stringify(body ?? '').includes(mark)).length
}

/** The worker process that holds the task, by its place in the stack. */
export async function holder(world: World, id: string): Promise<number> {
  const { rows } = await world.stack
    .admin()
    .query<{ pid: number }>(
      'select p.pid from tasks t join worker_processes p on p.id = t.process_id where t.id = $1',
      [id],
    )
  return world.stack.workers.findIndex((child) => child.process.pid === rows[0]?.pid)
}

/** What the process has printed. */
export function logOf({ log }: { log: string }): string {
  return readFileSync(log, 'utf8')
}

/** Runs with the first worker as the only one, and brings the others back. */
export async function alone({ stack }: World, work: (index: number) => Promise<void>): Promise<void> {
  const others = stack.workers.map((_, index) => index).slice(1)
  for (const index of others) await stack.killWorker(index, 'SIGTERM')
  try {
    await work(0)
  } finally {
    for (const index of others) await stack.startWorker(index)
    await stack.ready()
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
