// Calls that leave for other people's servers, and what is kept secret.
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { DELIVERY_STATUSES, type Try } from '#lib/deliveries/states.ts'
import { at, oneOf, workspaceId, workspaceOfTask } from './columns.ts'
import { runs } from './workflow-schema.ts'

/** Sealed by lib/secrets.ts for their workspace and purpose. */
export const secrets = pgTable(
  'secrets',
  {
    workspaceId: workspaceId(),
    purpose: text().notNull(),
    sealed: text().notNull(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.purpose] })],
)

export const deliveries = pgTable(
  'deliveries',
  {
    /** The `webhook-id`, the same at each attempt. */
    id: uuid().primaryKey(),
    workspaceId: workspaceOfTask(),
    runId: uuid().notNull(),
    /** The step of the run that waits for it. */
    step: text().notNull(),
    url: text().notNull(),
    /** Exactly what is signed and sent. */
    body: text().notNull(),
    status: text({ enum: DELIVERY_STATUSES }).notNull().default('pending'),
    attempts: integer().notNull().default(0),
    tries: jsonb().$type<Try[]>().notNull().default([]),
    nextAt: at().notNull().defaultNow(),
    /** Raised by every claim: what an older one brings back is not stored. */
    epoch: integer().notNull().default(0),
    leasedUntil: at(),
    createdAt: at().notNull().defaultNow(),
    finishedAt: at(),
  },
  (t) => [
    index('deliveries_open_index')
      .on(t.nextAt)
      .where(sql`finished_at is null`),
    index().on(t.runId),
    foreignKey({ columns: [t.workspaceId, t.runId], foreignColumns: [runs.workspaceId, runs.id] }).onDelete('cascade'),
    check('deliveries_status', oneOf(t.status, DELIVERY_STATUSES)),
    check('deliveries_finished', sql`(status = 'pending') = (finished_at is null)`),
  ],
)
