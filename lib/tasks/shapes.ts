// The one JSON-safe shape of everything around a task: the API, the pages and the exports all speak it.
// Dates are ISO strings, durations milliseconds, money millionths of a US dollar. Types only: safe to import anywhere.
import type { Actor } from '#lib/access/actor.ts'
import type { UsedDocument } from '#lib/documents/shapes.ts'
import type { ResultInfo } from '#lib/workers/define.ts'
import type {
  AttemptOutcome,
  BlockReason,
  CallState,
  Engine,
  EventType,
  Priority,
  Status,
  TaskError,
} from './states.ts'

export type TaskSummary = {
  id: string
  worker: string
  status: Status
  /** Why it is blocked; null in every other status. */
  reason: BlockReason | null
  title: string
  /** The text's first 200 characters. */
  preview: string
  tags: string[]
  externalId: string | null
  priority: Priority
  engine: Engine
  submittedBy: { kind: 'user' | 'key'; id: string; name: string } | null
  /** Attempts that ended through the task or its provider; the running one is not among them. */
  attemptsUsed: number
  maxAttempts: number
  createdAt: string
  /** Start of the latest attempt. */
  startedAt: string | null
  finishedAt: string | null
  dueAt: string | null
  notBefore: string | null
  replayOf: string | null
  /** From acceptance (or from notBefore) to the latest attempt's start, to the end, or until now. */
  waitedMs: number
  /** The latest attempt's duration, until now while it runs. */
  workedMs: number
  /** Input and output tokens of all calls; null without a call. */
  tokens: number | null
  /** Null while a call is unpriced or there is none. */
  costMicros: number | null
  error: TaskError | null
}

export type TaskDetail = TaskSummary & {
  input: { text: string } & Record<string, unknown>
  result: unknown
  /** What is true and useful although the task is blocked, as the built-in engine found it. */
  partial: Record<string, unknown> | null
  info: ResultInfo | null
  epoch: number
  /** The number of its last event. */
  seq: number
  /** The run of a workflow that it is a step of. */
  partOf: { runId: string; workflow: string; step: string } | null
  /** Where its text is from, also when that was given to its run; null when it was typed or sent. */
  document: UsedDocument | null
  /** Its place while it is open; null once it has ended, and in the reply to a submission. */
  queue: QueuePlace | null
  attempts: Attempt[]
  calls: Call[]
  events: TaskEvent[]
}

/** What those learn of a task who may change it but not read it. */
export type TaskState = Pick<TaskDetail, 'id' | 'status'>

export type QueuePlace = {
  /** 1 = next; null unless it waits for a slot. */
  position: number | null
  /** Tasks of all workspaces that start before it. */
  ahead: number | null
  etaMs: number | null
  /** No live worker process has a slot for this worker. */
  noWorker: boolean
  /** One sentence that says what it waits for. */
  why: string
}

export type Attempt = {
  epoch: number
  processId: number | null
  engine: 'rules' | 'model' | null
  workerVersion: string | null
  /** Null while it runs. */
  outcome: AttemptOutcome | null
  error: TaskError | null
  startedAt: string
  finishedAt: string | null
}

export type Call = {
  id: string
  /** The attempt's epoch. */
  epoch: number
  state: CallState
  provider: string
  model: string
  endpointHost: string
  mode: string
  purpose: string
  requestId: string | null
  usage: Record<string, unknown> | null
  inputTokens: number | null
  cachedTokens: number | null
  cacheWriteTokens: number | null
  outputTokens: number | null
  reasoningTokens: number | null
  estimated: boolean
  costMicros: number | null
  error: TaskError | null
  /** The answer as it came, kept when it could not be used. */
  raw: string | null
  startedAt: string
  finishedAt: string | null
}

export type TaskEvent = {
  /** 1, 2, 3, … within the task, without a gap. */
  seq: number
  type: EventType
  actor: Actor | null
  data: Record<string, unknown> | null
  at: string
}

/** What a browser is told when something happened to a task. */
export type LiveEvent = {
  taskId: string
  seq: number
  type: EventType
  /** The task's status when this was read. */
  status: Status
  at: string
  worker: string
  title: string
}

export type TaskPage = { items: TaskSummary[]; nextCursor: string | null }

/** `exact` is false when counting stopped at its bound: "more than 10,000". */
export type TaskCount = { count: number; exact: boolean }

export type Facet<Value extends string = string> = { value: Value; count: number }

/** Counts over the newest tasks that match the query without the facet's own filter. */
export type TaskFacets = {
  status: Facet<Status>[]
  worker: Facet[]
  priority: Facet<Priority>[]
  tag: Facet[]
  submitter: (Facet & { kind: 'user' | 'key'; name: string })[]
}

export type TaskNeighbours = { previous: string | null; next: string | null }

export type BulkResult = {
  matched: number
  changed: number
  /** The first 100 that were left alone, and why. */
  skipped: { id: string; why: string }[]
}

export type WorkersOverview = {
  at: string
  pools: Pool[]
  /** Live ones first, then those that stopped or were lost in the last hour. */
  processes: WorkerProcess[]
  /** False when no live process is there: nothing will run. */
  alive: boolean
  model: { name: string; endpointHost: string } | null
}

export type Pool = {
  worker: string
  title: string
  /** Slots in each process, as set. */
  slotsPerProcess: number
  defaultSlots: number
  processes: number
  /** Slots of all live processes. */
  slots: number
  busy: number
  free: number
  /** Waiting tasks of all workspaces that could start now. */
  depth: number
  /** Of these, the ones of this workspace. */
  depthHere: number
  oldestWaitMs: number | null
  /** This workspace's tasks since its midnight. */
  today: {
    completed: number
    failed: number
    failedFrom: string | null
    averageMs: number | null
    p95Ms: number | null
  }
}

export type WorkerProcess = {
  id: number
  host: string
  pid: number
  version: string
  nodeVersion: string
  state: 'live' | 'draining' | 'silent' | 'stopped' | 'lost'
  modelOn: boolean
  model: string | null
  endpointHost: string | null
  memoryBytes: number | null
  /** Slots of each worker in this process, at its last heartbeat. */
  load: Record<string, { slots: number; busy: number }>
  startedAt: string
  heartbeatAt: string
  stoppedAt: string | null
}

export type SlotsSummary = { slots: number; busy: number; waiting: number; processes: number; alive: boolean }

/** How long a worker's tasks took in the last seven days, and what a task submitted now would meet. */
export type WorkerTimes = {
  worker: string
  samples: number
  medianMs: number | null
  p95Ms: number | null
  histogram: { fromMs: number; toMs: number; count: number }[]
  waiting: number
  slots: number
  free: number
  /** Until a task submitted now would start; null without a worker or without samples. */
  startsInMs: number | null
  noWorker: boolean
}
