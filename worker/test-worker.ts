// A worker process inside a test, with scripted handlers in place of the engines.
import type { ClaimedTask } from '#lib/queue/claim.ts'
import type { Ending } from '#lib/queue/settle.ts'
import type { TestDatabase } from '#lib/db/test-database.ts'
import type { Handler } from './dispatcher.ts'
import { completedEnding } from './endings.ts'
import { startWorker, type WorkerOptions, type WorkerProcess } from './process.ts'
import { type Powers, runTask } from './run-task.ts'

export const DESCRIPTION = { version: 'test', modelOn: false, model: null, endpointHost: null }

export const FAST = {
  backstopMs: 200,
  heartbeatMs: 200,
  reconcileMs: 300,
  backoffMs: 20,
  maxBackoffMs: 100,
  drainMs: 2_000,
}

export type Play = (task: ClaimedTask, signal: AbortSignal) => unknown

/** Answers with whatever `play` returns, as a worker that needs no engine would. */
export function playing(play: Play): Handler {
  return async (task, signal) => completed(await play(task, signal))
}

export function completed(result: unknown): Ending {
  return completedEnding(result ?? { ok: true }, INFO)
}

export const INFO = {
  engine: { kind: 'rules' as const, name: 'test', version: '1' },
  method: 'Played by a test.',
  language: null,
  limits: [],
  confidence: null,
  confidenceBasis: null,
  evidence: { found: 0, missing: 0 },
  replacedCharacters: 0,
}

export async function worker(
  database: TestDatabase,
  handle: Handler,
  options: Partial<WorkerOptions> = {},
): Promise<WorkerProcess> {
  return startWorker({
    url: database.url,
    describe: DESCRIPTION,
    handle: () => handle,
    supervise: false,
    ...options,
    timing: { ...FAST, ...options.timing },
  })
}

/** The real way of running a task, with the built-in engine played. */
export function running(local: Powers['local'], powers: Partial<Powers> = {}): Handler {
  const all: Powers = {
    model: null,
    local,
    backoff: FAST,
    ledger: () => ({ begin: () => Promise.resolve('x'), settle: () => Promise.resolve() }),
    ...powers,
  }
  return (task, signal) => runTask(task, signal, all)
}

/** Asks until the answer is not null or false. */
export async function until<Answer>(
  ask: () => Promise<Answer> | Answer,
  limitMs = 10_000,
): Promise<NonNullable<Answer>> {
  const end = Date.now() + limitMs
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > end) throw new Error(`It did not happen within ${limitMs} ms: ${ask.toString()}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
