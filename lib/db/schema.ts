// Tasks and what belongs to them. Each table has workspace_id, forced row-level security and composite foreign keys.
// attempts, calls and events are partitioned by task_id (see drizzle/), which UUIDv7 makes a partition by time.
import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import {
  ATTEMPT_OUTCOMES,
  BLOCK_REASONS,
  CALL_STATES,
  ENGINES,
  EVENT_TYPES,
  PRIORITIES,
  STATUSES,
  type TaskError,
  type TaskLimits,
} from '#lib/tasks/states.ts'
import { type Actor, API_KEY_SCOPES } from '#lib/access/actor.ts'
import type { ResultInfo } from '#lib/workers/define.ts'
import { users } from './auth-schema.ts'
import { at, bytea, oneOf, workspaceId, workspaceOfTask } from './columns.ts'

export const texts = pgTable(
  'texts',
  { workspaceId: workspaceId(), sha256: bytea().notNull(), body: text().notNull() },
  (t) => [primaryKey({ columns: [t.workspaceId, t.sha256] })],
)

export const apiKeys = pgTable(
  'api_keys',
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceId(),
    name: text().notNull(),
    /** The secret's first characters, to tell keys apart. */
    prefix: text().notNull(),
    last4: text().notNull(),
    sha256: bytea().notNull().unique(),
    scopes: text({ enum: API_KEY_SCOPES }).array().notNull(),
    createdBy: uuid().references(() => users.id, { onDelete: 'set null' }),
    createdAt: at().notNull().defaultNow(),
    lastUsedAt: at(),
    lastUsedIp: text(),
    lastUsedStatus: integer(),
    revokedAt: at(),
    revokedBy: uuid().references(() => users.id, { onDelete: 'set null' }),
  },
  (t) => [unique('api_keys_workspace_id_id_unique').on(t.workspaceId, t.id), index().on(t.workspaceId, t.createdAt)],
)

export const tasks = pgTable(
  'tasks',
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceId(),
    worker: text().notNull(),
    status: text({ enum: STATUSES }).notNull().default('pending'),
    reason: text({ enum: BLOCK_REASONS }),
    title: text().notNull(),
    externalId: text(),
    submittedBy: uuid().references(() => users.id, { onDelete: 'set null' }),
    apiKeyId: uuid(),
    replayOf: uuid(),
    /** The run of a workflow that it is part of. */
    runId: uuid(),
    /** What a step of a workflow asks for beyond its worker's own limits. */
    limits: jsonb().$type<TaskLimits>(),
    /** The batch of which it is an item. */
    batchId: uuid(),
    /** What its calls count against, see budgets. */
    budgetId: uuid(),
    engine: text({ enum: ENGINES }).notNull().default('auto'),
    priority: text({ enum: PRIORITIES }).notNull().default('normal'),
    dueAt: at(),
    notBefore: at(),
    /** The input without its text, defaults filled in. */
    options: jsonb().$type<Record<string, unknown>>().notNull(),
    textSha256: bytea().notNull(),
    /** The text's first 200 characters, for lists. */
    preview: text().notNull(),
    /** Start tag of fair queueing; the ticket's priority derives from it. */
    tag: bigint({ mode: 'number' }).notNull().default(0),
    /** Raised by every claim and every cancel: a write with an older epoch changes nothing. */
    epoch: integer().notNull().default(0),
    /** The number of the task's last event. */
    seq: integer().notNull().default(0),
    attemptsUsed: integer().notNull().default(0),
    /** How many processes died while they held this task. */
    suspicion: integer().notNull().default(0),
    processId: integer(),
    result: jsonb(),
    partial: jsonb().$type<Record<string, unknown>>(),
    info: jsonb().$type<ResultInfo>(),
    error: jsonb().$type<TaskError>(),
    createdAt: at().notNull().defaultNow(),
    /** Start of the latest attempt. */
    startedAt: at(),
    finishedAt: at(),
  },
  (t) => [
    unique('tasks_workspace_id_id_unique').on(t.workspaceId, t.id),
    index().on(t.workspaceId, t.status, t.id),
    index().on(t.workspaceId, t.worker, t.id),
    index().on(t.workspaceId, t.submittedBy, t.id),
    index()
      .on(t.workspaceId, t.priority, t.id)
      .where(sql`priority <> 'normal'`),
    index()
      .on(t.workspaceId, t.externalId, t.id)
      .where(sql`external_id is not null`),
    index()
      .on(t.workspaceId, t.apiKeyId, t.id)
      .where(sql`api_key_id is not null`),
    index()
      .on(t.runId)
      .where(sql`run_id is not null`),
    index()
      .on(t.batchId, t.status)
      .where(sql`batch_id is not null`),
    index()
      .on(t.budgetId, t.status)
      .where(sql`budget_id is not null`),
    index('tasks_over_budget_index')
      .on(t.budgetId)
      .where(sql`reason = 'budget'`),
    index()
      .on(t.processId)
      .where(sql`process_id is not null`),
    // Worded so that no batch statement implies it: the planner would walk this small index for every row of a batch.
    index('tasks_open_index')
      .on(t.id)
      .where(sql`finished_at is null and status <> 'blocked'`),
    foreignKey({ columns: [t.workspaceId, t.textSha256], foreignColumns: [texts.workspaceId, texts.sha256] }),
    foreignKey({ columns: [t.workspaceId, t.apiKeyId], foreignColumns: [apiKeys.workspaceId, apiKeys.id] }),
    check('tasks_status', oneOf(t.status, STATUSES)),
    check(
      'tasks_reason',
      sql`(status = 'blocked') = (reason is not null) and (reason is null or ${oneOf(t.reason, BLOCK_REASONS)})`,
    ),
    check('tasks_priority', oneOf(t.priority, PRIORITIES)),
    check('tasks_engine', oneOf(t.engine, ENGINES)),
  ],
)

export const taskReference = (t: { workspaceId: AnyPgColumn; taskId: AnyPgColumn }) =>
  foreignKey({ columns: [t.workspaceId, t.taskId], foreignColumns: [tasks.workspaceId, tasks.id] }).onDelete('cascade')

export const taskTags = pgTable(
  'task_tags',
  { workspaceId: workspaceOfTask(), taskId: uuid().notNull(), tag: text().notNull() },
  (t) => [primaryKey({ columns: [t.taskId, t.tag] }), index().on(t.workspaceId, t.tag, t.taskId), taskReference(t)],
)

export const attempts = pgTable(
  'attempts',
  {
    workspaceId: workspaceOfTask(),
    taskId: uuid().notNull(),
    /** The epoch of its claim. */
    epoch: integer().notNull(),
    processId: integer(),
    engine: text({ enum: ['rules', 'model'] }),
    workerVersion: text(),
    outcome: text({ enum: ATTEMPT_OUTCOMES }),
    error: jsonb().$type<TaskError>(),
    startedAt: at().notNull().defaultNow(),
    finishedAt: at(),
  },
  (t) => [
    primaryKey({ columns: [t.taskId, t.epoch] }),
    taskReference(t),
    check('attempts_outcome', oneOf(t.outcome, ATTEMPT_OUTCOMES)),
  ],
)

export const calls = pgTable(
  'calls',
  {
    id: uuid().notNull(),
    workspaceId: workspaceOfTask(),
    taskId: uuid().notNull(),
    epoch: integer().notNull(),
    state: text({ enum: CALL_STATES }).notNull().default('sent'),
    provider: text().notNull(),
    model: text().notNull(),
    endpointHost: text().notNull(),
    /** json_schema, json_object or prompt: how the answer's form was asked for. */
    mode: text().notNull(),
    /** first or repair. */
    purpose: text().notNull().default('first'),
    requestId: text(),
    usage: jsonb().$type<Record<string, unknown>>(),
    inputTokens: integer(),
    cachedTokens: integer(),
    cacheWriteTokens: integer(),
    outputTokens: integer(),
    reasoningTokens: integer(),
    estimated: boolean().notNull().default(false),
    /** The price in force when it began, null when the model had none. */
    priceId: uuid(),
    /** Millionths of a US dollar; null = unpriced. */
    costMicros: bigint({ mode: 'number' }),
    /** The most that it may cost: what counts against a budget until its cost is known. */
    reservedMicros: bigint({ mode: 'number' }),
    error: jsonb().$type<TaskError>(),
    /** The answer as it came, at most 64 kB, kept when it could not be used. */
    raw: text(),
    startedAt: at().notNull().defaultNow(),
    finishedAt: at(),
  },
  (t) => [
    primaryKey({ columns: [t.taskId, t.id] }),
    taskReference(t),
    check('calls_state', oneOf(t.state, CALL_STATES)),
  ],
)

export const events = pgTable(
  'events',
  {
    workspaceId: workspaceOfTask(),
    taskId: uuid().notNull(),
    /** 1, 2, 3, … within the task, without a gap. */
    seq: integer().notNull(),
    type: text({ enum: EVENT_TYPES }).notNull(),
    actor: jsonb().$type<Actor>(),
    data: jsonb().$type<Record<string, unknown>>(),
    at: at().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.taskId, t.seq] }),
    index().on(t.workspaceId, t.at),
    index().using('brin', t.at).with({ pages_per_range: 32, autosummarize: true }),
    taskReference(t),
    check('events_type', oneOf(t.type, EVENT_TYPES)),
  ],
)

export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    workspaceId: workspaceOfTask(),
    route: text().notNull(),
    key: text().notNull(),
    bodyHash: bytea().notNull(),
    /** What the request made: a task, a run or a batch. */
    taskId: uuid(),
    runId: uuid(),
    batchId: uuid(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.route, t.key] }),
    index().on(t.createdAt),
    taskReference(t),
    check('idempotency_keys_made', sql`num_nonnulls(task_id, run_id, batch_id) = 1`),
  ],
)

/** Tables that hold no workspace's data; a table in neither this list nor with workspace_id fails the tests. */
export const INSTANCE_TABLES = [
  'users',
  'sessions',
  'accounts',
  'verifications',
  'rate_limits',
  'workspaces',
  'workspace_slugs',
  'members',
  'invitations',
  'worker_pools',
  'worker_processes',
  'prices',
  'queue_clocks',
  'search_progress',
] as const
