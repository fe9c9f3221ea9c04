// What follows when a step is skipped, by the same rules as the run's own. Pure.
import { nextOf } from '#lib/workflows/graph.ts'
import type { BoardStep } from '#lib/workflows/shapes.ts'
import type { RunStatus, StepStatus, StoredStepStatus } from '#lib/workflows/states.ts'

/** Titles of the steps that start and that are skipped with it, and where the run stands then. */
export type AfterSkip = { starts: string[]; skipped: string[]; run: RunStatus }

export function afterSkip(steps: readonly BoardStep[], name: string): AfterSkip {
  const states = new Map(
    steps.map((step) => [
      step.name,
      step.name === name
        ? { status: 'skipped' as const, blocked: false, leftOut: true }
        : {
            status: stored(step.status),
            blocked: step.status === 'blocked',
            branch: step.branch,
            leftOut: step.skippedBy !== null,
          },
    ]),
  )
  const next = nextOf(steps, states)
  const titles = new Map(steps.map((step) => [step.name, step.title]))
  const titled = (names: readonly string[]) => names.map((one) => titles.get(one) ?? one)
  return { starts: titled(next.ready), skipped: titled(next.skipped), run: next.run }
}

function stored(status: StepStatus): StoredStepStatus {
  return status === 'pending' || status === 'blocked' ? 'in_progress' : status
}
