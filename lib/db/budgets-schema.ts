// What may be spent: on a batch or a run, whose id a budget has.
import { bigint, boolean, check, pgTable, unique, uuid } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { at, workspaceId } from './columns.ts'

export const budgets = pgTable(
  'budgets',
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceId(),
    /** Millionths of a US dollar; null = no cap any more. */
    capMicros: bigint({ mode: 'number' }),
    /** What ended calls have cost, and the most that open ones, and those whose end nobody knows, may cost. */
    usedMicros: bigint({ mode: 'number' }).notNull().default(0),
    /** Somebody gave their word that models without a price may be called. */
    unpriced: boolean().notNull().default(false),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [unique('budgets_workspace_id_id_unique').on(t.workspaceId, t.id), check('budgets_cap', sql`cap_micros >= 0`)],
)
