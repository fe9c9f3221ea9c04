// Carries out one attempt: chooses the engine, bounds its time, and turns whatever happens into an ending.
import type { ClaimedTask } from '#lib/queue/claim.ts'
import type { Ending } from '#lib/queue/settle.ts'
import type { CallLedger } from '#lib/tasks/calls.ts'
import { repairJson } from '#lib/text.ts'
import type { Model, Outcome, ResultInfo, WorkerDefinition } from '#lib/workers/define.ts'
import { workerNamed, workerVersion } from '#lib/workers/registry.ts'
import { type Backoff, blockedEnding, completedEnding, failureEnding, returnedEnding } from './endings.ts'
import { Drained, isTakenAway, TimedOut } from './stop-reasons.ts'

export type TaskModel = Model & {
  info: () => { requestIds: string[]; replaced: number; found: number; missing: number }
}

export type ModelPower = {
  provider: string
  model: string
  endpointHost: string
  forTask: (ledger: CallLedger, options: { signal: AbortSignal; timeoutMs: number }) => TaskModel
}

export type Powers = {
  model: ModelPower | null
  /** Answers without a model; loaded when it is first asked. */
  local: (worker: string, input: unknown, signal: AbortSignal) => Promise<Outcome>
  ledger: (task: ClaimedTask) => CallLedger
  backoff: Backoff
}

/** Resolves always, and soon after `signal` aborts, whatever the worker does. */
export async function runTask(task: ClaimedTask, signal: AbortSignal, powers: Powers): Promise<Ending> {
  const version = versionOf(task.worker)
  try {
    const ending = await attempt(task, signal, powers)
    return { ...ending, workerVersion: version }
  } catch (error) {
    const reason: unknown = signal.aborted ? signal.reason : error
    if (reason instanceof Drained || isTakenAway(reason)) return { ...returnedEnding(), workerVersion: version }
    return { ...failureEnding(task, reason, powers.backoff), workerVersion: version }
  }
}

async function attempt(task: ClaimedTask, outer: AbortSignal, powers: Powers): Promise<Ending> {
  const worker = workerNamed(task.worker)
  const timer = new AbortController()
  const timeout = setTimeout(() => timer.abort(new TimedOut(worker.timeoutMs)), worker.timeoutMs)
  const signal = AbortSignal.any([outer, timer.signal])
  try {
    const work = answer(worker, task, signal, powers)
    return await Promise.race([work, aborted(signal, work)])
  } finally {
    clearTimeout(timeout)
  }
}

/** Rejects when the signal aborts, so that a worker which ignores it does not hold its slot. */
function aborted(signal: AbortSignal, work: Promise<unknown>): Promise<never> {
  work.catch(() => {})
  return new Promise((_, reject) => {
    const stop = () => reject(signal.reason as Error)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}

async function answer(
  worker: WorkerDefinition,
  task: ClaimedTask,
  signal: AbortSignal,
  powers: Powers,
): Promise<Ending> {
  const input = worker.input.parse({ text: task.text, ...task.options })
  const useModel = task.engine === 'model' || (task.engine === 'auto' && powers.model !== null)
  if (useModel && powers.model === null) return blockedEnding('needs_model')
  const outcome =
    useModel && powers.model
      ? await answerByModel(worker, input, task, { signal, model: powers.model, powers })
      : await powers.local(worker.name, input, signal)
  signal.throwIfAborted()
  if ('blocked' in outcome) return blockedEnding(outcome.blocked, cleaned(outcome.partial), outcome.info)
  const { value, replaced } = repairJson(worker.output.parse(outcome.result))
  const info = { ...outcome.info, replacedCharacters: outcome.info.replacedCharacters + replaced }
  return completedEnding(value, info)
}

async function answerByModel(
  worker: WorkerDefinition,
  input: unknown,
  task: ClaimedTask,
  { signal, model, powers }: { signal: AbortSignal; model: ModelPower; powers: Powers },
): Promise<Outcome> {
  const asked = model.forTask(powers.ledger(task), { signal, timeoutMs: worker.timeoutMs })
  const result = await worker.run(input, { model: asked, signal })
  const { found, missing, replaced } = asked.info()
  const { model: name, endpointHost, provider } = model
  const info: ResultInfo = {
    engine: { kind: 'model', name: provider, version: name, model: name, endpointHost },
    method: `Answered by the model ${name} at ${endpointHost}.`,
    language: null,
    limits: missing === 0 ? [] : ['Some quotes were not found in the text; they are marked.'],
    confidence: null,
    confidenceBasis: null,
    evidence: { found, missing },
    replacedCharacters: replaced,
  }
  return { result, info }
}

function cleaned(value: Record<string, unknown>): Record<string, unknown> {
  return repairJson(value).value as Record<string, unknown>
}

const versions = new Map<string, string>()

function versionOf(name: string): string | undefined {
  if (!versions.has(name)) {
    try {
      versions.set(name, workerVersion(workerNamed(name)))
    } catch {
      return undefined
    }
  }
  return versions.get(name)
}
