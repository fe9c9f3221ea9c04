// The JSON-safe shape of a run: pages, the API and the exports speak it. Dates are ISO strings, durations milliseconds,
// money millionths of a US dollar. Types only: safe to import anywhere.
import type { BlockReason, Priority, TaskError } from '#lib/tasks/states.ts'
import type { ResultInfo } from '#lib/workers/define.ts'
import type { RunStatus, StepStatus } from './states.ts'

export type RunSummary = {
  id: string
  workflow: { name: string; title: string }
  status: RunStatus
  title: string
  /** The text's first 200 characters. */
  preview: string
  priority: Priority
  submittedBy: { kind: 'user' | 'key'; id: string; name: string } | null
  createdAt: string
  finishedAt: string | null
  steps: { name: string; status: StepStatus; reason: BlockReason | null; waitedMs: number; workedMs: number }[]
}

export type RunDetail = Omit<RunSummary, 'steps'> & {
  text: string
  steps: RunStep[]
  /** Input and output tokens of all calls; null without a call. */
  tokens: number | null
  /** Null while a call is unpriced or there is none. */
  costMicros: number | null
}

export type RunStep = {
  /** Its key in the workflow. */
  name: string
  title: string
  worker: string
  needs: string[]
  status: StepStatus
  /** Why it is blocked; null in every other status. */
  reason: BlockReason | null
  /** Null until it is ready. */
  taskId: string | null
  waitedMs: number
  workedMs: number
  tokens: number | null
  costMicros: number | null
  result: unknown
  /** What is true and useful although it is blocked. */
  partial: Record<string, unknown> | null
  info: ResultInfo | null
  error: TaskError | null
  startedAt: string | null
  finishedAt: string | null
}

export type RunPage = { items: RunSummary[]; nextCursor: string | null }
