// The answers' shapes as zod, for the API's description; each is held to the type that verbs and pages share.
import { z } from 'zod'
import { API_KEY_SCOPES } from '#lib/access/actor.ts'
import type { ApiKey } from '#lib/access/keys.ts'
import type {
  Attempt,
  BulkResult,
  Call,
  TaskDetail,
  TaskEvent,
  TaskPage,
  TaskState,
  TaskSummary,
  WorkersOverview,
} from '#lib/tasks/shapes.ts'
import {
  ATTEMPT_OUTCOMES,
  BLOCK_REASONS,
  CALL_STATES,
  ENGINES,
  EVENT_TYPES,
  PRIORITIES,
  STATUSES,
} from '#lib/tasks/states.ts'

import { fromDocument } from './document-schemas.ts'

const at = z.iso.datetime()
const count = z.number().int()
const record = z.record(z.string(), z.unknown())

export const taskError = z.strictObject({
  code: z.string(),
  message: z.string(),
  advice: z.string().optional(),
  requestId: z.string().optional(),
})

const actor = z.union([
  z.strictObject({ kind: z.enum(['user', 'key']), id: z.uuid(), name: z.string() }),
  z.strictObject({ kind: z.literal('system'), name: z.string() }),
])

export const resultInfo = z.strictObject({
  engine: z.strictObject({
    kind: z.enum(['rules', 'model']),
    name: z.string(),
    version: z.string(),
    model: z.string().optional(),
    endpointHost: z.string().optional(),
  }),
  method: z.string(),
  language: z.string().nullable(),
  limits: z.array(z.string()),
  confidence: z.enum(['low', 'medium', 'high']).nullable(),
  confidenceBasis: z.string().nullable(),
  evidence: z.strictObject({ found: count, missing: count }),
  replacedCharacters: count,
})

export const submitter = z.strictObject({ kind: z.enum(['user', 'key']), id: z.uuid(), name: z.string() })

const summary = {
  id: z.uuid(),
  worker: z.string(),
  status: z.enum(STATUSES),
  reason: z.enum(BLOCK_REASONS).nullable(),
  title: z.string(),
  preview: z.string(),
  tags: z.array(z.string()),
  externalId: z.string().nullable(),
  priority: z.enum(PRIORITIES),
  engine: z.enum(ENGINES),
  submittedBy: submitter.nullable(),
  attemptsUsed: count,
  maxAttempts: count,
  createdAt: at,
  startedAt: at.nullable(),
  finishedAt: at.nullable(),
  dueAt: at.nullable(),
  notBefore: at.nullable(),
  replayOf: z.uuid().nullable(),
  waitedMs: z.number(),
  workedMs: z.number(),
  tokens: count.nullable(),
  costMicros: count.nullable(),
  error: taskError.nullable(),
}

export const taskSummary = z.strictObject(summary).meta({ id: 'TaskSummary' }) satisfies z.ZodType<TaskSummary>

const attempt = z
  .strictObject({
    epoch: count,
    processId: count.nullable(),
    engine: z.enum(['rules', 'model']).nullable(),
    workerVersion: z.string().nullable(),
    outcome: z.enum(ATTEMPT_OUTCOMES).nullable(),
    error: taskError.nullable(),
    startedAt: at,
    finishedAt: at.nullable(),
  })
  .meta({ id: 'Attempt' }) satisfies z.ZodType<Attempt>

const call = z
  .strictObject({
    id: z.uuid(),
    epoch: count,
    state: z.enum(CALL_STATES),
    provider: z.string(),
    model: z.string(),
    endpointHost: z.string(),
    mode: z.string(),
    purpose: z.string(),
    requestId: z.string().nullable(),
    usage: record.nullable(),
    inputTokens: count.nullable(),
    cachedTokens: count.nullable(),
    cacheWriteTokens: count.nullable(),
    outputTokens: count.nullable(),
    reasoningTokens: count.nullable(),
    estimated: z.boolean(),
    costMicros: count.nullable(),
    error: taskError.nullable(),
    raw: z.string().nullable(),
    startedAt: at,
    finishedAt: at.nullable(),
  })
  .meta({ id: 'Call' }) satisfies z.ZodType<Call>

const taskEvent = z
  .strictObject({ seq: count, type: z.enum(EVENT_TYPES), actor: actor.nullable(), data: record.nullable(), at })
  .meta({ id: 'TaskEvent' }) satisfies z.ZodType<TaskEvent>

export const taskDetail = z
  .strictObject({
    ...summary,
    input: z.looseObject({ text: z.string() }),
    result: z.unknown(),
    partial: record.nullable(),
    info: resultInfo.nullable(),
    epoch: count,
    seq: count,
    partOf: z.strictObject({ runId: z.uuid(), workflow: z.string(), step: z.string() }).nullable(),
    document: fromDocument.nullable(),
    queue: z
      .strictObject({
        position: count.nullable(),
        ahead: count.nullable(),
        etaMs: z.number().nullable(),
        noWorker: z.boolean(),
        why: z.string(),
      })
      .nullable(),
    attempts: z.array(attempt),
    calls: z.array(call),
    events: z.array(taskEvent),
  })
  .meta({ id: 'Task' }) satisfies z.ZodType<TaskDetail>

/** The whole task for those who may read it. */
export const changedTaskBody = z.union([
  taskDetail,
  z.strictObject({ id: z.uuid(), status: z.enum(STATUSES) }),
]) satisfies z.ZodType<TaskDetail | TaskState>

export const taskPage = z.strictObject({
  items: z.array(taskSummary),
  nextCursor: z.string().nullable(),
}) satisfies z.ZodType<TaskPage>

export const bulkResult = z.strictObject({
  matched: count,
  changed: count,
  skipped: z.array(z.strictObject({ id: z.uuid(), why: z.string() })),
}) satisfies z.ZodType<BulkResult>

const pool = z.strictObject({
  worker: z.string(),
  title: z.string(),
  slotsPerProcess: count,
  defaultSlots: count,
  processes: count,
  slots: count,
  busy: count,
  free: count,
  depth: count,
  depthHere: count,
  oldestWaitMs: z.number().nullable(),
  today: z.strictObject({
    completed: count,
    failed: count,
    failedFrom: at.nullable(),
    averageMs: z.number().nullable(),
    p95Ms: z.number().nullable(),
  }),
})

const workerProcess = z.strictObject({
  id: count,
  host: z.string(),
  pid: count,
  version: z.string(),
  nodeVersion: z.string(),
  state: z.enum(['live', 'draining', 'silent', 'stopped', 'lost']),
  modelOn: z.boolean(),
  model: z.string().nullable(),
  endpointHost: z.string().nullable(),
  memoryBytes: z.number().nullable(),
  load: z.record(z.string(), z.strictObject({ slots: count, busy: count })),
  startedAt: at,
  heartbeatAt: at,
  stoppedAt: at.nullable(),
})

export const workersOverview = z
  .strictObject({
    at,
    pools: z.array(pool),
    processes: z.array(workerProcess),
    alive: z.boolean(),
    model: z.strictObject({ name: z.string(), endpointHost: z.string() }).nullable(),
  })
  .meta({ id: 'WorkersOverview' }) satisfies z.ZodType<WorkersOverview>

export const apiKey = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    prefix: z.string(),
    last4: z.string(),
    scopes: z.array(z.enum(API_KEY_SCOPES)),
    createdBy: z.strictObject({ id: z.uuid(), name: z.string() }).nullable(),
    createdAt: at,
    lastUsedAt: at.nullable(),
    lastUsedIp: z.string().nullable(),
    lastUsedStatus: count.nullable(),
    revokedAt: at.nullable(),
  })
  .meta({ id: 'ApiKey' }) satisfies z.ZodType<ApiKey>

export const apiKeyList = z.strictObject({ items: z.array(apiKey) })
export const createdApiKey = z.strictObject({ key: apiKey, secret: z.string() })

export const workerCatalogue = z.strictObject({
  items: z.array(
    z.strictObject({
      name: z.string(),
      title: z.string(),
      summary: z.string(),
      version: z.string(),
      /** Slots in each process unless an operator says otherwise. */
      defaultSlots: count,
      timeoutMs: count,
      inputSchema: record,
      outputSchema: record,
      example: z.strictObject({ input: record, output: record }),
    }),
  ),
})
