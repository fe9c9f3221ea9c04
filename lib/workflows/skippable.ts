// Which steps a person may leave out. Pure.
import type { StepKind } from './definition.ts'
import type { StepStatus } from './states.ts'

/** What failed or waits: for others, for a slot, for a model, for somebody, for a time or for an answer. */
export function isSkippable({ kind, status }: { kind: StepKind; status: StepStatus }): boolean {
  if (status === 'in_progress') return kind === 'approval' || kind === 'wait' || kind === 'webhook'
  return status === 'failed' || status === 'waiting' || status === 'pending' || status === 'blocked'
}
