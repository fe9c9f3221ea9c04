// What starts workflows by itself, and what each of its firings started.
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { Actor } from '#lib/access/actor.ts'
import { TRIGGER_KINDS, type TriggerConfig } from '#lib/triggers/shapes.ts'
import { at, oneOf, workspaceId, workspaceOfTask } from './columns.ts'
import { runs } from './workflow-schema.ts'

export const triggers = pgTable(
  'triggers',
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceId(),
    /** By its name: a version published later is what the next firing starts. */
    workflow: text().notNull(),
    title: text().notNull(),
    kind: text({ enum: TRIGGER_KINDS }).notNull(),
    config: jsonb().$type<TriggerConfig>().notNull(),
    /** Of an inbound call, sealed by lib/secrets.ts. */
    secret: text(),
    pausedAt: at(),
    /** Of a schedule: the slot that comes next. */
    nextAt: at(),
    /** Of documents and tasks: what ended before this has been looked at. */
    seenAt: at(),
    /** What was before does not set it off: when it was made, or resumed. */
    fromAt: at().notNull().defaultNow(),
    madeBy: jsonb().$type<Actor>().notNull(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    unique('triggers_workspace_id_id_unique').on(t.workspaceId, t.id),
    index().on(t.workspaceId, t.workflow),
    index()
      .on(t.nextAt)
      .where(sql`paused_at is null and next_at is not null`),
    index('triggers_watching_index')
      .on(t.id)
      .where(sql`paused_at is null and seen_at is not null`),
    check('triggers_kind', oneOf(t.kind, TRIGGER_KINDS)),
    check('triggers_next', sql`(kind = 'schedule') = (next_at is not null)`),
    check('triggers_seen', sql`(kind in ('document', 'task')) = (seen_at is not null)`),
    check('triggers_secret', sql`(kind = 'webhook') = (secret is not null)`),
  ],
)

export const firings = pgTable(
  'firings',
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceOfTask(),
    triggerId: uuid().notNull(),
    /** The slot, the document, the task or the call: each sets a trigger off once. */
    key: text().notNull(),
    cause: text().notNull(),
    at: at().notNull().defaultNow(),
    runId: uuid(),
    reason: text(),
  },
  (t) => [
    unique('firings_trigger_id_key_unique').on(t.triggerId, t.key),
    index().on(t.triggerId, t.id),
    index().on(t.at),
    index()
      .on(t.runId)
      .where(sql`run_id is not null`),
    foreignKey({ columns: [t.workspaceId, t.triggerId], foreignColumns: [triggers.workspaceId, triggers.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ columns: [t.workspaceId, t.runId], foreignColumns: [runs.workspaceId, runs.id] }).onDelete('cascade'),
    check('firings_outcome', sql`(run_id is null) = (reason is not null)`),
  ],
)
