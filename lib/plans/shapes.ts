// Plans as pages and the API see them, JSON-safe. Types only.
import type { UsedDocument } from '#lib/documents/shapes.ts'
import type { FieldIssue } from '#lib/errors.ts'
import type { BlockReason, Engine, Status, TaskError } from '#lib/tasks/states.ts'
import type { ResultInfo } from '#lib/workers/define.ts'
import type { Plan } from '#lib/workers/plan-shape.ts'
import type { StepDefinition } from '#lib/workflows/definition.ts'
import type { RunStatus } from '#lib/workflows/states.ts'

export type PlanEdits = {
  /** Steps that were taken out, by name. */
  removed: string[]
  /** Options that were changed, by step. */
  options: Record<string, Record<string, unknown>>
}

export type PlanDetail = PlanEdits & {
  /** That of the task that plans. */
  id: string
  goal: string
  title: string
  engine: Engine
  /** Of the task that plans. */
  status: Status
  reason: BlockReason | null
  error: TaskError | null
  /** The text's first 200 characters. */
  preview: string
  characters: number
  /** Where the text is from; null when it was typed or sent. */
  document: UsedDocument | null
  createdAt: string
  /** As it was proposed; null before, and when there is none. */
  proposal: Plan | null
  /** How it was made. */
  info: ResultInfo | null
  /** What was taken out, with what made no sense without it. */
  gone: string[]
  /** What is left of the proposal, as it would run. */
  steps: StepDefinition[]
  /** What keeps it from running; paths such as `steps.0.options.count`. */
  issues: FieldIssue[]
  /** Counts the saves of its changes; 0 before the first. */
  revision: number
  /** Newest first, at most 20. */
  runs: { id: string; title: string; status: RunStatus; createdAt: string }[]
}
