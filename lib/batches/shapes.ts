// The JSON-safe shapes of batches: the API and the pages speak them. Types only: safe to import anywhere.
import type { Budget } from '#lib/budgets/shapes.ts'
import type { TaskSummary } from '#lib/tasks/shapes.ts'
import type { BlockReason, Engine, TaskError } from '#lib/tasks/states.ts'
import type { BatchStatus, ItemCounts, ItemState } from './states.ts'

export type BatchTarget = { kind: 'worker' | 'workflow'; name: string; title: string }

export type BatchSummary = {
  id: string
  name: string
  status: BatchStatus
  target: BatchTarget
  /** What its items are. */
  of: 'row' | 'file'
  /** Items. */
  size: number
  counts: ItemCounts
  submittedBy: TaskSummary['submittedBy']
  createdAt: string
  /** When its last item ended; null while one is open. */
  finishedAt: string | null
}

export type BatchDetail = BatchSummary & {
  engine: Engine
  options: Record<string, unknown>
  columns: string[] | null
  /** Name of the column that holds the texts. */
  textColumn: string | null
  /** A letter for each item, in order, see `CELLS`. */
  cells: string
  /** Items that ended in the last minute. */
  endedLastMinute: number
  /** Failed items that have something to try again. */
  retryable: number
  /** Items that failed, wait for a model or its provider, or ask for a decision. */
  needsPerson: number
  /** Of all calls; null without one. */
  tokens: number | null
  /** Null while a call is unpriced or there is none. */
  costMicros: number | null
  /** Null without a cap. */
  budget: Budget | null
}

export type BatchPage = { items: BatchSummary[]; nextCursor: string | null }

export type BatchItem = {
  /** 1, 2, 3, … in the order of the table. */
  row: number
  title: string
  preview: string
  state: ItemState
  reason: BlockReason | null
  /** It failed, waits for a model or its provider, or asks for a decision. */
  needsPerson: boolean
  taskId: string | null
  runId: string | null
  /** Of a file that was taken in; it may have been deleted since. */
  documentId: string | null
  waitedMs: number
  workedMs: number
  tokens: number | null
  costMicros: number | null
  error: TaskError | null
  /** Null until it is completed, and of a run. */
  result: unknown
}

export type ItemPage = {
  items: BatchItem[]
  /** For the next page in the same order; null at the end. */ after: number | null
}

/** What a table holds, before anything is started. */
export type TablePreview = {
  columns: string[]
  /** Name of the column that holds the texts. */
  column: string
  rows: number
  /** The first ones, whole. */
  first: string[][]
  encoding: string
  delimiter: string
  /** Rows that had more or fewer cells than the others. */
  ragged: number
  /** Rows that cannot be worked on, at most 20 of them. */
  unusable: { row: number; message: string }[]
  unusableCount: number
  characters: number
  /** Of all texts, about. */
  tokens: number
  /** The same text as an earlier row. */
  repeated: number
}

/** Rows of a batch's table as they came, to start them again. */
export type TableRows = {
  columns: string[]
  textColumn: string
  rows: string[][]
  /** In place of rows where files were worked on. */
  documents: { id: string; name: string }[]
}
