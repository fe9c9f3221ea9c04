// Workflows of a workspace with their versions, runs of them and their steps. A step's task has the id of the run, so
// that its end finds the way back.
import { sql } from 'drizzle-orm'
import {
  bigint,
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
import type { Actor } from '#lib/access/actor.ts'
import { ENGINES, PRIORITIES, type TaskError } from '#lib/tasks/states.ts'
import type { PinnedDefinition, WorkflowDefinition } from '#lib/workflows/definition.ts'
import { BRANCHES } from '#lib/workflows/needs.ts'
import { RUN_EVENT_TYPES, RUN_STATUSES, type StepPart, STEP_STATUSES } from '#lib/workflows/states.ts'
import { users } from './auth-schema.ts'
import { at, bytea, oneOf, workspaceId, workspaceOfTask } from './columns.ts'
import { apiKeys, tasks, texts } from './schema.ts'

export const workflows = pgTable(
  'workflows',
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceId(),
    name: text().notNull(),
    /** As it was typed last, which may be wrong or half done. */
    draft: jsonb().$type<unknown>().notNull(),
    /** Counts the saves of the draft: who saves over an older one is told. */
    revision: integer().notNull().default(1),
    savedBy: jsonb().$type<Actor>().notNull(),
    savedAt: at().notNull().defaultNow(),
    /** The newest published one; null before the first. */
    version: integer(),
    /** The template that it came from. */
    template: text(),
    createdAt: at().notNull().defaultNow(),
    archivedAt: at(),
  },
  (t) => [
    unique('workflows_workspace_id_id_unique').on(t.workspaceId, t.id),
    unique('workflows_workspace_id_name_unique').on(t.workspaceId, t.name),
  ],
)

export const workflowVersions = pgTable(
  'workflow_versions',
  {
    workspaceId: workspaceOfTask(),
    workflowId: uuid().notNull(),
    version: integer().notNull(),
    definition: jsonb().$type<WorkflowDefinition>().notNull(),
    note: text().notNull().default(''),
    publishedBy: jsonb().$type<Actor>().notNull(),
    publishedAt: at().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.workflowId, t.version] }),
    foreignKey({
      columns: [t.workspaceId, t.workflowId],
      foreignColumns: [workflows.workspaceId, workflows.id],
    }).onDelete('cascade'),
  ],
)

export const runs = pgTable(
  'runs',
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceId(),
    workflow: text().notNull(),
    /** As it was when the run started: a later version of the workflow does not change it. */
    definition: jsonb().$type<PinnedDefinition>().notNull(),
    /** The workspace's workflow and its version; null for one that comes with Baton. */
    workflowId: uuid(),
    version: integer(),
    /** The run whose step this is, and that step. */
    parentRunId: uuid(),
    parentStep: text(),
    /** The run that it repeats, and the step from which it does so. */
    replayOf: uuid(),
    replayFrom: text(),
    /** The task that planned it; null for a run of a workflow. */
    plannedBy: uuid(),
    status: text({ enum: RUN_STATUSES }).notNull().default('in_progress'),
    title: text().notNull(),
    textSha256: bytea().notNull(),
    preview: text().notNull(),
    engine: text({ enum: ENGINES }).notNull().default('auto'),
    priority: text({ enum: PRIORITIES }).notNull().default('normal'),
    tags: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    externalId: text(),
    dueAt: at(),
    /** None of its steps begins earlier. */
    notBefore: at(),
    actor: jsonb().$type<Actor>().notNull(),
    submittedBy: uuid().references(() => users.id, { onDelete: 'set null' }),
    apiKeyId: uuid(),
    /** The batch of which it is an item. */
    batchId: uuid(),
    /** What the calls of its steps count against, see budgets. */
    budgetId: uuid(),
    createdAt: at().notNull().defaultNow(),
    finishedAt: at(),
  },
  (t) => [
    unique('runs_workspace_id_id_unique').on(t.workspaceId, t.id),
    index('runs_of_workflow_index')
      .on(t.workspaceId, t.workflow, t.id)
      .where(sql`parent_run_id is null`),
    index()
      .on(t.id)
      .where(sql`status = 'in_progress'`),
    index('runs_tags_index')
      .using('gin', t.tags)
      .where(sql`tags <> '{}'`),
    index()
      .on(t.workspaceId, t.externalId, t.id)
      .where(sql`external_id is not null`),
    index('runs_to_begin_index')
      .on(t.notBefore)
      .where(sql`status = 'in_progress' and not_before is not null`),
    index()
      .on(t.batchId, t.status)
      .where(sql`batch_id is not null`),
    foreignKey({ columns: [t.workspaceId, t.textSha256], foreignColumns: [texts.workspaceId, texts.sha256] }),
    foreignKey({ columns: [t.workspaceId, t.apiKeyId], foreignColumns: [apiKeys.workspaceId, apiKeys.id] }),
    index()
      .on(t.parentRunId)
      .where(sql`parent_run_id is not null`),
    foreignKey({ columns: [t.workspaceId, t.workflowId], foreignColumns: [workflows.workspaceId, workflows.id] }),
    foreignKey({ columns: [t.workspaceId, t.parentRunId], foreignColumns: [t.workspaceId, t.id] }),
    foreignKey({ columns: [t.workspaceId, t.replayOf], foreignColumns: [t.workspaceId, t.id] }),
    foreignKey({ columns: [t.workspaceId, t.plannedBy], foreignColumns: [tasks.workspaceId, tasks.id] }),
    index()
      .on(t.plannedBy)
      .where(sql`planned_by is not null`),
    check('runs_parent', sql`(parent_run_id is null) = (parent_step is null)`),
    check('runs_status', oneOf(t.status, RUN_STATUSES)),
    check('runs_priority', oneOf(t.priority, PRIORITIES)),
    check('runs_engine', oneOf(t.engine, ENGINES)),
    check('runs_finished', sql`(status = 'in_progress') = (finished_at is null)`),
  ],
)

/** What people have changed in what a planner's task proposes; without a row it stands as it was proposed. */
export const planEdits = pgTable(
  'plan_edits',
  {
    workspaceId: workspaceOfTask(),
    taskId: uuid().primaryKey(),
    /** Steps that were taken out. */
    removed: jsonb().$type<string[]>().notNull(),
    /** Options that were changed, by step. */
    options: jsonb().$type<Record<string, Record<string, unknown>>>().notNull(),
    /** Counts the saves: who saves over an older one is told. */
    revision: integer().notNull().default(1),
    savedBy: jsonb().$type<Actor>().notNull(),
    savedAt: at().notNull().defaultNow(),
  },
  (t) => [
    foreignKey({ columns: [t.workspaceId, t.taskId], foreignColumns: [tasks.workspaceId, tasks.id] }).onDelete(
      'cascade',
    ),
  ],
)

export const steps = pgTable(
  'steps',
  {
    workspaceId: workspaceOfTask(),
    runId: uuid().notNull(),
    /** Its name in the definition. */
    name: text().notNull(),
    /** Of a list that the step works through, from 1; 0 is the step itself. */
    item: integer().notNull().default(0),
    status: text({ enum: STEP_STATUSES }).notNull().default('waiting'),
    /** What its worker is given beside the text, defaults filled in where they are known. */
    options: jsonb().$type<Record<string, unknown>>().notNull(),
    /** Which part of the text or list an item is. */
    part: jsonb().$type<StepPart>(),
    /** From when it is ready, for a step with a worker. */
    taskId: uuid(),
    /** The task of another run whose result it takes over. */
    reusedTaskId: uuid(),
    /** The run that carries it out, for a workflow within this one. */
    childRunId: uuid(),
    /** Of steps without a task. */
    output: jsonb().$type<unknown>(),
    /** Which way a condition or an approval went. */
    branch: text({ enum: BRANCHES }),
    /** Why a step without a task failed. */
    error: jsonb().$type<TaskError>(),
    /** Who left it out; the rules do not let it wait again. */
    skippedBy: jsonb().$type<Actor>(),
    startedAt: at(),
    /** When a waiting step goes on by itself. */
    wakeAt: at(),
    finishedAt: at(),
  },
  (t) => [
    primaryKey({ columns: [t.runId, t.name, t.item] }),
    unique('steps_task_id_unique').on(t.taskId),
    foreignKey({ columns: [t.workspaceId, t.runId], foreignColumns: [runs.workspaceId, runs.id] }).onDelete('cascade'),
    foreignKey({ columns: [t.workspaceId, t.taskId], foreignColumns: [tasks.workspaceId, tasks.id] }),
    index()
      .on(t.wakeAt)
      .where(sql`status = 'in_progress' and wake_at is not null`),
    // Decisions and other steps that are carried out by no task.
    index('steps_held_index')
      .on(t.workspaceId, t.startedAt)
      .where(sql`status = 'in_progress' and task_id is null and item = 0`),
    foreignKey({ columns: [t.workspaceId, t.reusedTaskId], foreignColumns: [tasks.workspaceId, tasks.id] }),
    foreignKey({ columns: [t.workspaceId, t.childRunId], foreignColumns: [runs.workspaceId, runs.id] }),
    check('steps_status', oneOf(t.status, STEP_STATUSES)),
    check('steps_branch', oneOf(t.branch, BRANCHES)),
  ],
)

/** What became of a run and of its steps, beside what its tasks say of themselves. Rows are only ever added. */
export const runEvents = pgTable(
  'run_events',
  {
    workspaceId: workspaceOfTask(),
    runId: uuid().notNull(),
    id: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
    /** Null: of the run itself. */
    step: text(),
    type: text({ enum: RUN_EVENT_TYPES }).notNull(),
    /** What came of it, in one line. */
    words: text(),
    /** Null: it followed from the rules. */
    actor: jsonb().$type<Actor>(),
    at: at()
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (t) => [
    primaryKey({ columns: [t.runId, t.id] }),
    foreignKey({ columns: [t.workspaceId, t.runId], foreignColumns: [runs.workspaceId, runs.id] }).onDelete('cascade'),
    check('run_events_type', oneOf(t.type, RUN_EVENT_TYPES)),
  ],
)

/** Tasks that only tried one step of a draft. They set nothing off. */
export const stepTests = pgTable(
  'step_tests',
  {
    workspaceId: workspaceOfTask(),
    taskId: uuid().primaryKey(),
    workflowId: uuid().notNull(),
    step: text().notNull(),
  },
  (t) => [
    index().on(t.workflowId, t.step, t.taskId),
    foreignKey({ columns: [t.workspaceId, t.taskId], foreignColumns: [tasks.workspaceId, tasks.id] }).onDelete(
      'cascade',
    ),
    foreignKey({
      columns: [t.workspaceId, t.workflowId],
      foreignColumns: [workflows.workspaceId, workflows.id],
    }).onDelete('cascade'),
  ],
)
