// What is said of runs in words and marks. Pure.
import { formatQuantity } from '#app/_ui/format.ts'
import type { RunSummary } from '#lib/workflows/shapes.ts'
import type { StepStatus } from '#lib/workflows/states.ts'

type Steps = readonly { status: StepStatus; waitedMs: number; workedMs: number }[]

const ENDED = new Set<StepStatus>(['completed', 'failed', 'cancelled', 'skipped'])

export function hasEnded(status: StepStatus): boolean {
  return ENDED.has(status)
}

/** "4 of 6 steps", and how many of them wait for a model. */
export function progressOf(steps: Steps): { ended: number; of: number; blocked: number; failed: number } {
  const count = (holds: (status: StepStatus) => boolean) => steps.filter(({ status }) => holds(status)).length
  return {
    ended: count(hasEnded),
    of: steps.length,
    blocked: count((status) => status === 'blocked'),
    failed: count((status) => status === 'failed'),
  }
}

/** From the start of the run to its end, or until now. */
export function elapsedMs(run: Pick<RunSummary, 'createdAt' | 'finishedAt'>, now: number): number {
  const end = run.finishedAt === null ? now : new Date(run.finishedAt).getTime()
  return Math.max(0, end - new Date(run.createdAt).getTime())
}

/** What the page of all runs says first. */
export function headline(runs: readonly RunSummary[]): string {
  const going = runs.filter(({ status }) => status === 'in_progress').length
  const failed = runs.filter(({ status }) => status === 'failed').length
  if (runs.length === 0) return 'All six workers, one report'
  if (going > 0) return `${formatQuantity(going, 'run')} under way`
  const held = runs.filter(({ steps }) => progressOf(steps).blocked > 0).length
  if (failed > 0) return `${failed} of the last ${formatQuantity(runs.length, 'run')} failed`
  if (held > 0) return held === 1 ? 'One run has a part that waits' : `${held} runs have a part that waits`
  if (runs.length === 1) return 'The run has ended'
  const well = runs.every(({ status }) => status === 'completed')
  return `The last ${formatQuantity(runs.length, 'run')} have ended${well ? ' well' : ''}`
}

/** What open steps of a run wait for beside a slot; null when nothing holds it. */
export function holdsOf(run: { steps: readonly { status: StepStatus; reason: string | null }[] }): string | null {
  const blocked = run.steps.filter(({ status }) => status === 'blocked')
  if (blocked.length === 0) return null
  const model = blocked.every(({ reason }) => reason === 'needs_model')
  const parts = blocked.length === 1 ? '1 part' : `${blocked.length} parts`
  return `${parts} ${blocked.length === 1 ? (model ? 'needs a model' : 'waits') : model ? 'need a model' : 'wait'}`
}
