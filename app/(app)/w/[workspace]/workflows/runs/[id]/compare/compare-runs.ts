// Two runs of one workflow, step by step: where each ended, how long it took, what it cost, and what its output says
// otherwise. Pure.
import type { BlockReason } from '#lib/tasks/states.ts'
import type { StepKind } from '#lib/workflows/definition.ts'
import type { RunDetail, RunStep } from '#lib/workflows/shapes.ts'
import type { StepStatus } from '#lib/workflows/states.ts'
import { spentOf } from '../steps/spent.ts'
import { type DiffPart, diffWords } from './word-diff.ts'

export type Side = {
  status: StepStatus
  reason: BlockReason | null
  /** Waiting and working; null when it was never started. */
  tookMs: number | null
  tokens: number | null
  costMicros: number | null
}

export type ComparedStep = {
  name: string
  title: string
  kind: StepKind
  worker: string | null
  /** Null where the run has no such step. */
  before: Side | null
  after: Side | null
  /** Null where neither has made anything. */
  output: DiffPart[] | null
}

/** In the order of the later run; steps that only the earlier one has come last. */
export function compareRuns(before: Pick<RunDetail, 'steps'>, after: Pick<RunDetail, 'steps'>): ComparedStep[] {
  const earlier = new Map(before.steps.map((step) => [step.name, step]))
  const later = new Set(after.steps.map(({ name }) => name))
  return [
    ...after.steps.map((step) => compared(earlier.get(step.name), step)),
    ...before.steps.filter(({ name }) => !later.has(name)).map((step) => compared(step, undefined)),
  ]
}

export function isOther({ before, after, output }: ComparedStep): boolean {
  return before?.status !== after?.status || (output?.some(({ kind }) => kind !== 'same') ?? false)
}

function compared(before: RunStep | undefined, after: RunStep | undefined): ComparedStep {
  const { name, title, kind, worker } = (after ?? before) as RunStep
  const made = [before, after].some((step) => step !== undefined && step.result !== null)
  return {
    name,
    title,
    kind,
    worker,
    before: before ? sideOf(before) : null,
    after: after ? sideOf(after) : null,
    output: made ? diffWords(outputText(before?.result), outputText(after?.result)) : null,
  }
}

function sideOf(step: RunStep): Side {
  const { waitedMs, workedMs } = spentOf(step)
  const begun = step.taskId !== null || step.startedAt !== null
  const { status, reason, tokens, costMicros } = step
  return { status, reason, tookMs: begun ? waitedMs + workedMs : null, tokens, costMicros }
}

/** Where a quote stands is of the text, not of the answer. */
const UNSAID = new Set(['evidence', 'start', 'end'])

/** What an output says, a line for each value; names of fields are said only where a value is not a text. */
export function outputText(value: unknown, name = ''): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value !== 'object') return name === '' ? JSON.stringify(value) : `${name} ${JSON.stringify(value)}`
  if (Array.isArray(value)) return lines(value.map((item) => outputText(item, name)))
  return lines(
    Object.entries(value)
      .filter(([key]) => !UNSAID.has(key))
      .map(([key, item]) => outputText(item, key)),
  )
}

function lines(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n')
}
