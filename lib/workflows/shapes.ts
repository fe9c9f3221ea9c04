// The JSON-safe shape of a run: pages, the API and the exports speak it. Dates are ISO strings, durations milliseconds,
// money millionths of a US dollar. Types only: safe to import anywhere.
import type { UsedDocument } from '#lib/documents/shapes.ts'
import type { BlockReason, EventType, Priority, TaskError } from '#lib/tasks/states.ts'
import type { ResultInfo } from '#lib/workers/define.ts'
import type { ApprovalField, StepDefinition, StepKind } from './definition.ts'
import type { Branch } from './needs.ts'
import type { PageSpan, RunEventType, RunStatus, StepStatus } from './states.ts'

export type RunSummary = {
  id: string
  /** `version` of the workspace's own workflow; null for one that comes with Baton. */
  workflow: { name: string; title: string; version: number | null }
  status: RunStatus
  title: string
  /** The text's first 200 characters. */
  preview: string
  priority: Priority
  tags: string[]
  externalId: string | null
  dueAt: string | null
  /** None of its steps begins earlier. */
  notBefore: string | null
  submittedBy: { kind: 'user' | 'key'; id: string; name: string } | null
  /** What started it by itself; null when a person or a program did. */
  trigger: { id: string; title: string; workflow: string } | null
  createdAt: string
  finishedAt: string | null
  steps: { name: string; status: StepStatus; reason: BlockReason | null; waitedMs: number; workedMs: number }[]
}

export type RunDetail = Omit<RunSummary, 'steps'> & {
  text: string
  /** Where the text is from; null when it was typed or sent. */
  document: UsedDocument | null
  /** The run that it is a step of. */
  parent: { runId: string; step: string } | null
  /** The run that it repeats, from a step on. */
  replay: { of: string; from: string } | null
  /** The task that planned it; null for a run of a workflow. */
  plannedBy: string | null
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
  kind: StepKind
  /** Null for a step without one. */
  worker: string | null
  /** The path of what its worker reads, `input.text` for the run's own text; null for a step without one. */
  reads: string | null
  /** Steps, or branches of steps such as `angry.yes`. */
  needs: string[]
  /** What its failure means; `fallback` names the step that stands in for it. */
  onFailure: StepDefinition['onFailure']
  status: StepStatus
  /** Why it is blocked; null in every other status. */
  reason: BlockReason | null
  /** Null until it is ready. */
  taskId: string | null
  waitedMs: number
  workedMs: number
  tokens: number | null
  costMicros: number | null
  /** What it put out, whatever its kind. */
  result: unknown
  /** What is true and useful although it is blocked. */
  partial: Record<string, unknown> | null
  info: ResultInfo | null
  error: TaskError | null
  startedAt: string | null
  finishedAt: string | null
  /** Why it waits, in words; null when it does not. */
  waitsFor: string | null
  /** Why it will not run, in words; null unless it was skipped. */
  whySkipped: string | null
  /** Who left it out; null when it followed from the rules. */
  skippedBy: string | null
  /** When it goes on by itself. */
  wakeAt: string | null
  /** Which way a condition or an approval went. */
  branch: Branch | null
  /** Its result was taken over from another run. */
  reused: boolean
  /** The run that carries it out. */
  childRunId: string | null
  /** Of a step that works through a list, in order. */
  items: RunItem[]
  approval: Approval | null
}

export type RunItem = {
  /** From 1. */
  item: number
  label: string
  /** Its stretch of the run's text in UTF-16 units; null for an entry of a list. */
  start: number | null
  end: number | null
  /** Null where the text has none. */
  pages: PageSpan | null
  status: StepStatus
  taskId: string | null
  waitedMs: number
  workedMs: number
  error: TaskError | null
}

/** What somebody is asked, and what they are shown for it. */
export type Approval = {
  question: string
  fields: ApprovalField[]
  show: { path: string; value: unknown }[]
  /** Why whoever reads this may not decide; null when they may. */
  refusal: string | null
}

/** A step without what it has made, which may be long, and with its items counted. */
export type BoardStep = Omit<RunStep, 'result' | 'partial' | 'info' | 'items' | 'approval'> & {
  /** How many items stand where; empty for a step without items. */
  itemCounts: { status: StepStatus; count: number }[]
  /** Of an approval that waits: why whoever reads this may not decide, and whether there is a form to fill in. */
  decision: { refusal: string | null; hasForm: boolean } | null
}

/** A run as those see it who watch its steps, of which there may be many. */
export type RunBoard = Omit<RunDetail, 'text' | 'steps'> & { steps: BoardStep[] }

/** What a step has made and asks. */
export type StepContent = Pick<RunStep, 'name' | 'result' | 'partial' | 'info' | 'items' | 'approval'>

/** A run on the card of its workflow. */
export type LastRun = Pick<RunSummary, 'id' | 'status' | 'title' | 'createdAt' | 'finishedAt'> & { workflow: string }

export type RunPage = { items: RunSummary[]; nextCursor: string | null }

/** One line of what has happened in a run. */
export type RunEvent = {
  /** Tells it from every other one of the run. */
  id: string
  at: string
  /** Null: of the run itself. */
  step: string | null
  /** Of the step, or of the workflow. */
  title: string
  /** Which entry of the list that the step works through. */
  item: string | null
  type: RunEventType | EventType
  /** What came of it, in one line. */
  words: string
  /** Null: it followed from the rules. */
  by: string | null
  taskId: string | null
  /** Of an attempt's end: what the task has cost; null while unpriced or without a call. */
  costMicros: number | null
}

/** Newest first. */
export type RunEventPage = { items: RunEvent[]; total: number; nextCursor: string | null }
