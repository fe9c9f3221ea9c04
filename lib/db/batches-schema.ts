// Batches: one worker or workflow over many texts, an item for each. Items get their tasks and runs a few at a time.
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { Actor } from '#lib/access/actor.ts'
import { BATCH_STATES } from '#lib/batches/states.ts'
import { ENGINES, type TaskError } from '#lib/tasks/states.ts'
import type { WorkflowDefinition } from '#lib/workflows/definition.ts'
import { users } from './auth-schema.ts'
import { at, bytea, oneOf, workspaceId, workspaceOfTask } from './columns.ts'
import { apiKeys, tasks, texts } from './schema.ts'
import { runs, workflows } from './workflow-schema.ts'

export const batches = pgTable(
  'batches',
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceId(),
    name: text().notNull(),
    state: text({ enum: BATCH_STATES }).notNull().default('running'),
    /** Either a worker's name, or that of a workflow with its definition as it was when the batch started. */
    worker: text(),
    workflow: text(),
    definition: jsonb().$type<WorkflowDefinition>(),
    /** The workspace's own workflow, and which version of it. */
    workflowId: uuid(),
    workflowVersion: integer(),
    /** The worker's, defaults filled in; of a workflow by step, as they were given. */
    options: jsonb().$type<Record<string, unknown>>().notNull(),
    engine: text({ enum: ENGINES }).notNull().default('auto'),
    /** Items. */
    size: integer().notNull(),
    /** Names of the table's columns, in order; null for files. */
    columns: jsonb().$type<string[]>(),
    /** The column that holds the texts. */
    textColumn: integer(),
    /** Of what is done with which texts: the same again is noticed. */
    contentHash: bytea().notNull(),
    actor: jsonb().$type<Actor>().notNull(),
    submittedBy: uuid().references(() => users.id, { onDelete: 'set null' }),
    apiKeyId: uuid(),
    createdAt: at().notNull().defaultNow(),
    /** When the last item got its task or run, or could not get one. */
    startedAllAt: at(),
  },
  (t) => [
    unique('batches_workspace_id_id_unique').on(t.workspaceId, t.id),
    index().on(t.workspaceId, t.contentHash),
    index('batches_open_index')
      .on(t.id)
      .where(sql`state = 'running' and started_all_at is null`),
    foreignKey({ columns: [t.workspaceId, t.apiKeyId], foreignColumns: [apiKeys.workspaceId, apiKeys.id] }),
    foreignKey({ columns: [t.workspaceId, t.workflowId], foreignColumns: [workflows.workspaceId, workflows.id] }),
    check('batches_state', oneOf(t.state, BATCH_STATES)),
    check('batches_engine', oneOf(t.engine, ENGINES)),
    check('batches_target', sql`num_nonnulls(worker, workflow) = 1 and (workflow is null) = (definition is null)`),
  ],
)

export const batchItems = pgTable(
  'batch_items',
  {
    workspaceId: workspaceOfTask(),
    batchId: uuid().notNull(),
    /** 1, 2, 3, … in the order of the table. */
    row: integer().notNull(),
    title: text().notNull(),
    preview: text().notNull(),
    /** Of a file's text from when it is read. */
    textSha256: bytea(),
    /** The document that it is; it may have been deleted since. */
    documentId: uuid(),
    /** The row's cells, as many as the batch has columns. */
    cells: jsonb().$type<string[]>(),
    taskId: uuid(),
    runId: uuid(),
    /** Why it never got a task or run. */
    error: jsonb().$type<TaskError>(),
  },
  (t) => [
    primaryKey({ columns: [t.batchId, t.row] }),
    index('batch_items_waiting_index')
      .on(t.batchId, t.row)
      .where(sql`task_id is null and run_id is null and error is null`),
    index('batch_items_error_index')
      .on(t.batchId)
      .where(sql`error is not null`),
    index()
      .on(t.taskId)
      .where(sql`task_id is not null`),
    index()
      .on(t.runId)
      .where(sql`run_id is not null`),
    foreignKey({ columns: [t.workspaceId, t.batchId], foreignColumns: [batches.workspaceId, batches.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ columns: [t.workspaceId, t.textSha256], foreignColumns: [texts.workspaceId, texts.sha256] }),
    foreignKey({ columns: [t.workspaceId, t.taskId], foreignColumns: [tasks.workspaceId, tasks.id] }),
    foreignKey({ columns: [t.workspaceId, t.runId], foreignColumns: [runs.workspaceId, runs.id] }),
    check('batch_items_one', sql`num_nonnulls(task_id, run_id, error) <= 1`),
  ],
)
