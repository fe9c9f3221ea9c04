// Workflows whose steps do nothing, for measuring what lies between steps.
import { type WorkflowDefinition, workflowDefinition } from '#lib/workflows/definition.ts'

/** The worker that the contender's handler answers for. */
const WORKER = 'sentiment-analyzer'

export function emptyStep(name: string, needs: readonly string[] = []): object {
  return { name, title: name, kind: 'worker', worker: WORKER, needs }
}

export function workflowOf(name: string, steps: object[]): WorkflowDefinition {
  return workflowDefinition.parse({ name, title: name, summary: 'Steps that do nothing.', steps })
}
