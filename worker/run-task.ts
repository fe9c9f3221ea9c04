// Carries out one attempt: chooses the engine, bounds its time, and turns whatever happens into an ending.
import type { FieldIssue } from '#lib/errors.ts'
import type { ClaimedTask } from '#lib/queue/claim.ts'
import type { Ending } from '#lib/queue/settle.ts'
import type { CallLedger } from '#lib/tasks/calls.ts'
import { StaleAttempt } from '#lib/tasks/ledger.ts'
import { repairJson } from '#lib/text.ts'
import type { Model, Outcome, ResultInfo, WorkerDefinition } from '#lib/workers/define.ts'
import { workerNamed, workerVersion } from '#lib/workers/registry.ts'
import { type Backoff, blockedEnding, completedEnding, failureEnding } from './endings.ts'
import { inContext } from './in-context.ts'
import { ProviderError } from './model/errors.ts'
import { reportFailure } from './report.ts'
import { TimedOut } from './stop-reasons.ts'

export type TaskModel = Model & {
  info: () => { requestIds: string[]; replaced: number; found: number; missing: number }
}

export type ModelPower = {
  provider: string
  model: string
  endpointHost: string
  forTask: (ledger: CallLedger, options: { signal: AbortSignal; timeoutMs: number; model?: string }) => TaskModel
}

export type Powers = {
  model: ModelPower | null
  /** Answers without a model; loaded when it is first asked. Calls `begin` when the wait for a thread is over. */
  local: (worker: string, input: unknown, signal: AbortSignal, begin: () => void) => Promise<Outcome>
  ledger: (task: ClaimedTask) => CallLedger
  backoff: Backoff
}

/** Resolves always; within the worker's time limit whatever the worker does, once it has a thread. */
export async function runTask(task: ClaimedTask, signal: AbortSignal, powers: Powers): Promise<Ending> {
  const version = { workerVersion: versionOf(task.worker) }
  try {
    return { ...(await attempt(task, signal, powers)), ...version }
  } catch (error) {
    const ending = failureEnding(task, error, powers.backoff)
    const code = ending.error?.code ?? ''
    if (!signal.aborted && !(error instanceof StaleAttempt) && UNEXPECTED.has(code)) reportFailure(task, code, error)
    return { ...ending, ...version }
  }
}

const UNEXPECTED = new Set(['internal_error', 'engine_failed'])

async function attempt(task: ClaimedTask, outer: AbortSignal, powers: Powers): Promise<Ending> {
  const worker = workerNamed(task.worker)
  const timeoutMs = task.limits?.timeoutMs ?? worker.timeoutMs
  const late = new AbortController()
  const timedOut = new Promise<never>((_, reject) =>
    late.signal.addEventListener('abort', () => reject(late.signal.reason)),
  )
  let timer: NodeJS.Timeout | undefined
  const begin = () => {
    timer ??= setTimeout(() => late.abort(new TimedOut(timeoutMs)), timeoutMs)
  }
  try {
    const limits = { signal: AbortSignal.any([outer, late.signal]), begin }
    return await Promise.race([answer(worker, task, limits, powers), timedOut])
  } finally {
    clearTimeout(timer)
  }
}

type Limits = { signal: AbortSignal; /** From now on the attempt's time runs. */ begin: () => void }

async function answer(
  worker: WorkerDefinition,
  task: ClaimedTask,
  { signal, begin }: Limits,
  powers: Powers,
): Promise<Ending> {
  const input = worker.input.parse({ text: task.text, ...task.options })
  const useModel = task.engine === 'model' || (task.engine === 'auto' && powers.model !== null)
  if (useModel && powers.model === null) return blockedEnding('needs_model')
  if (useModel) begin()
  const outcome =
    useModel && powers.model
      ? await answerByModel(worker, input, task, { signal, model: powers.model, powers }).catch((error: unknown) =>
          standIn(worker, error, () => powers.local(worker.name, input, signal, () => {})),
        )
      : await powers.local(worker.name, input, signal, begin)
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
  const { timeoutMs = worker.timeoutMs, model: own, context } = task.limits ?? {}
  const asked = model.forTask(powers.ledger(task), { signal, timeoutMs, ...(own ? { model: own } : {}) })
  const result = await worker.run(input, {
    model: context ? inContext(asked, context) : asked,
    signal,
    checkWorkflow,
  })
  const { found, missing, replaced } = asked.info()
  const { model: usual, endpointHost, provider } = model
  const name = own ?? usual
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

/** Only for workers that say so, and only for answers of a wrong form: a model that failed is never replaced. */
async function standIn(worker: WorkerDefinition, error: unknown, byRules: () => Promise<Outcome>): Promise<Outcome> {
  if (!worker.rulesStandIn || !(error instanceof ProviderError) || error.error.code !== 'invalid_output') throw error
  const outcome = await byRules()
  // What was wrong stands with the calls.
  const [what = ''] = error.error.message.split('\n')
  const limits = [`${what} The built-in rules answered instead.`, ...outcome.info.limits]
  return { ...outcome, info: { ...outcome.info, limits } }
}

/** Of its own: none that it could name is another workflow's. */
async function checkWorkflow(definition: unknown): Promise<FieldIssue[]> {
  const { checkDefinition } = await import('#lib/workflows/check.ts')
  return (await checkDefinition(definition, () => Promise.resolve(null))).issues
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
