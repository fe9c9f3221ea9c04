// What is said of an event of a run, in one line. Pure.
import { BLOCK_REASON_TITLES, type BlockReason, type EventType, type TaskError } from '#lib/tasks/states.ts'
import { digestOf } from '#lib/workers/result-digest.ts'
import type { StepDefinition } from './definition.ts'
import { secondsWords } from './report/words.ts'
import type { RunEventType } from './states.ts'

export type TaskHappening = {
  type: EventType
  data: Record<string, unknown> | null
  worker: string
  /** Of a completed task. */
  result: unknown
  /** As it stands now: of a task that failed or is tried again. */
  error: TaskError | null
}

export function taskEventWords({ type, data, worker, result, error }: TaskHappening): string {
  switch (type) {
    case 'started':
      return Number(data?.['epoch'] ?? 1) > 1 ? 'Started again' : 'Started'
    case 'completed':
      return firstLine(worker, result)
    case 'retry_scheduled': {
      const delay = data?.['delayMs']
      const when = typeof delay === 'number' ? `in ${secondsWords(delay)}` : 'soon'
      return `${error?.message ?? cause(data)} It is tried again ${when}.`
    }
    case 'failed':
      return error?.message ?? cause(data)
    case 'requeued':
      return 'Its process ended; it waits for another one'
    case 'blocked':
      return BLOCK_REASON_TITLES[data?.['reason'] as BlockReason] ?? 'Waits'
    case 'unblocked':
      return 'Waits no longer'
    case 'retried':
      return 'Sent again'
    case 'cancelled':
      return 'Cancelled'
    case 'submitted':
      return 'Waits for a slot'
    case 'called':
      return 'A model was asked'
  }
}

/** Of what has no words of its own; `items` are those of a step that works through a list. */
export function runEventWords(
  { type, items }: { type: RunEventType; items: string },
  step: StepDefinition | null,
): string {
  if (step === null) return OF_RUN[type]
  if (type === 'started') return startWords(step, Number(items))
  return OF_STEP[type]
}

const OF_RUN: Record<RunEventType, string> = {
  started: 'The run was started',
  retry_scheduled: 'The run goes on later',
  completed: 'The run has completed',
  failed: 'The run has failed',
  cancelled: 'The run was cancelled',
  skipped: 'The run was skipped',
  reopened: 'The run goes on',
}

const OF_STEP: Record<RunEventType, string> = {
  started: 'Started',
  retry_scheduled: 'Is tried again',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
  skipped: 'Skipped',
  reopened: 'Goes on',
}

function startWords(step: StepDefinition, items: number): string {
  switch (step.kind) {
    case 'approval':
      return `Asks: ${step.question}`
    case 'map':
      return `Works through ${items === 1 ? 'one item' : `${items} items`}`
    case 'wait':
      return 'Waits for its time'
    case 'webhook':
      return `Calls ${URL.parse(step.url)?.host ?? 'the receiver'}`
    case 'workflow':
      return 'Runs the workflow within it'
    default:
      return 'Started'
  }
}

const MOST = 200

function firstLine(worker: string, result: unknown): string {
  const { headline, prose, lines } = digestOf(worker, result)
  const line = [headline, lines[0]?.text ?? prose].filter((words) => words !== null && words !== undefined).join(': ')
  const [first = ''] = line.trim().split('\n')
  return first === '' ? 'Completed' : first.length > MOST ? `${first.slice(0, MOST).trimEnd()} …` : first
}

/** `rate_limited` is "Rate limited." */
function cause(data: Record<string, unknown> | null): string {
  const code = typeof data?.['code'] === 'string' ? data['code'].replaceAll('_', ' ') : 'it failed'
  return `${code.charAt(0).toUpperCase()}${code.slice(1)}.`
}
