// Who works and whose turn it is.
import { sql } from 'drizzle-orm'
import { bigint, boolean, check, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth-schema.ts'
import { at, workspaceId } from './columns.ts'

/** One workspace's place in one worker's queue (start-time fair queueing). */
export const flows = pgTable(
  'flows',
  {
    queue: text().notNull(),
    workspaceId: workspaceId(),
    weight: integer().notNull().default(1),
    normal: bigint({ mode: 'number' }).notNull().default(0),
    high: bigint({ mode: 'number' }).notNull().default(0),
    urgent: bigint({ mode: 'number' }).notNull().default(0),
    low: bigint({ mode: 'number' }).notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.queue, t.workspaceId] }), check('flows_weight', sql`weight between 1 and 100`)],
)

// Instance-wide: no workspace's data, the operator's to change.

export const workerPools = pgTable(
  'worker_pools',
  {
    worker: text().primaryKey(),
    /** Slots in each process. */
    slots: integer().notNull(),
    updatedAt: at().notNull().defaultNow(),
    updatedBy: uuid().references(() => users.id, { onDelete: 'set null' }),
  },
  () => [check('worker_pools_slots', sql`slots between 0 and 256`)],
)

export const workerProcesses = pgTable('worker_processes', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  host: text().notNull(),
  pid: integer().notNull(),
  version: text().notNull(),
  nodeVersion: text().notNull(),
  modelOn: boolean().notNull().default(false),
  model: text(),
  endpointHost: text(),
  memoryBytes: bigint({ mode: 'number' }),
  /** Slots and busy slots of each worker type, at the last heartbeat. */
  load: jsonb().$type<Record<string, { slots: number; busy: number }>>().notNull().default({}),
  startedAt: at().notNull().defaultNow(),
  heartbeatAt: at().notNull().defaultNow(),
  drainingSince: at(),
  stoppedAt: at(),
  /** Its lease was gone: it died or was cut off, and its tasks went elsewhere. */
  lostAt: at(),
})

export const queueClocks = pgTable('queue_clocks', {
  queue: text().primaryKey(),
  time: bigint({ mode: 'number' }).notNull().default(0),
  base: bigint({ mode: 'number' }).notNull().default(1_000_000_000),
})
