// Runs of workflows and their steps. A step's task has the id of the run, so that its end finds the way back.
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { Actor } from '#lib/access/actor.ts'
import { ENGINES, PRIORITIES } from '#lib/tasks/states.ts'
import type { WorkflowDefinition } from '#lib/workflows/definition.ts'
import { RUN_STATUSES, STEP_STATUSES } from '#lib/workflows/states.ts'
import { users } from './auth-schema.ts'
import { at, bytea, oneOf, workspaceId, workspaceOfTask } from './columns.ts'
import { apiKeys, tasks, texts } from './schema.ts'

export const runs = pgTable(
  'runs',
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceId(),
    workflow: text().notNull(),
    /** As it was when the run started: a later version of the workflow does not change it. */
    definition: jsonb().$type<WorkflowDefinition>().notNull(),
    status: text({ enum: RUN_STATUSES }).notNull().default('in_progress'),
    title: text().notNull(),
    textSha256: bytea().notNull(),
    preview: text().notNull(),
    engine: text({ enum: ENGINES }).notNull().default('auto'),
    priority: text({ enum: PRIORITIES }).notNull().default('normal'),
    actor: jsonb().$type<Actor>().notNull(),
    submittedBy: uuid().references(() => users.id, { onDelete: 'set null' }),
    apiKeyId: uuid(),
    createdAt: at().notNull().defaultNow(),
    finishedAt: at(),
  },
  (t) => [
    unique('runs_workspace_id_id_unique').on(t.workspaceId, t.id),
    index()
      .on(t.id)
      .where(sql`status = 'in_progress'`),
    foreignKey({ columns: [t.workspaceId, t.textSha256], foreignColumns: [texts.workspaceId, texts.sha256] }),
    foreignKey({ columns: [t.workspaceId, t.apiKeyId], foreignColumns: [apiKeys.workspaceId, apiKeys.id] }),
    check('runs_status', oneOf(t.status, RUN_STATUSES)),
    check('runs_priority', oneOf(t.priority, PRIORITIES)),
    check('runs_engine', oneOf(t.engine, ENGINES)),
    check('runs_finished', sql`(status = 'in_progress') = (finished_at is null)`),
  ],
)

export const steps = pgTable(
  'steps',
  {
    workspaceId: workspaceOfTask(),
    runId: uuid().notNull(),
    /** Its name in the definition. */
    name: text().notNull(),
    status: text({ enum: STEP_STATUSES }).notNull().default('waiting'),
    /** What its worker is given beside the text, defaults filled in. */
    options: jsonb().$type<Record<string, unknown>>().notNull(),
    /** From when it is ready. */
    taskId: uuid(),
    finishedAt: at(),
  },
  (t) => [
    primaryKey({ columns: [t.runId, t.name] }),
    unique('steps_task_id_unique').on(t.taskId),
    foreignKey({ columns: [t.workspaceId, t.runId], foreignColumns: [runs.workspaceId, runs.id] }).onDelete('cascade'),
    foreignKey({ columns: [t.workspaceId, t.taskId], foreignColumns: [tasks.workspaceId, tasks.id] }),
    check('steps_status', oneOf(t.status, STEP_STATUSES)),
  ],
)
