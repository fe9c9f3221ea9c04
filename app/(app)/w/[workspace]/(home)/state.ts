import type { Attention } from '#lib/tasks/attention.ts'
import type { DecisionsAwaited } from '#lib/workflows/awaited.ts'
import type { TaskCount, TaskSummary } from '#lib/tasks/shapes.ts'

/** What the page shows at one moment. */
export type HomeState = {
  at: string
  /** False when no worker process is there: nothing will run. */
  alive: boolean
  modelOn: boolean
  attention: Attention
  /** Those that the person may decide. */
  decisions: DecisionsAwaited
  running: TaskSummary[]
  open: TaskCount
  mine: TaskSummary[]
  /** `waiting`: of this workspace; slots are everybody's. `failedFrom`: when the first of those was accepted. */
  today: {
    completed: number
    failed: number
    failedFrom: string | null
    slots: number
    busy: number
    waiting: number
  }
  steps: ChecklistSteps
}

/** What a newcomer has done already; null = not theirs to do. */
export type ChecklistSteps = { sample: boolean; ownText: boolean; key: boolean | null; model: boolean | null }
