// What the text search reads; folded in after the fact (search.ts).
import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, unique, uuid } from 'drizzle-orm/pg-core'
import { at, tsvector, workspaceId, workspaceOfTask } from './columns.ts'
import { taskReference } from './schema.ts'

/**
 * A workspace's tasks in the order of their ids, cut into blocks of a few thousand. A word is indexed under its block, so
 * that a search reads the newest blocks and costs the same however many older ones there are.
 */
export const searchBlocks = pgTable(
  'search_blocks',
  {
    id: integer().generatedAlwaysAsIdentity(),
    workspaceId: workspaceId(),
    /** Its tasks have this id or a greater one, and one below the next block's. */
    firstId: uuid().notNull(),
    /** How many were folded in. */
    tasks: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.firstId] }), unique().on(t.id)],
)

/** One row a task. */
export const search = pgTable(
  'search',
  {
    workspaceId: workspaceOfTask(),
    taskId: uuid().notNull(),
    block: integer().notNull(),
    /** The task's event up to which the document is true. */
    seq: integer().notNull(),
    document: tsvector().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.taskId] }),
    index('search_keys_index')
      .using('gin', sql`search_keys(${t.block}, ${t.document})`)
      .with({ gin_pending_list_limit: 1024 }),
    taskReference(t),
  ],
)

/** How far the text search has followed the tasks' events; one row. */
export const searchProgress = pgTable(
  'search_progress',
  {
    id: integer().primaryKey().default(1),
    foldedUntil: at().notNull(),
    /** When late commits were last looked for. */ lookedBackAt: at(),
  },
  () => [check('search_progress_id', sql`id = 1`)],
)
