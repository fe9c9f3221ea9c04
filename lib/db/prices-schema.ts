// The price book: what a model's tokens cost from when on. Rows are added, never changed: what a call cost stays true.
import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth-schema.ts'
import { at } from './columns.ts'

const perMillion = () => bigint({ mode: 'number' })

export const prices = pgTable(
  'prices',
  {
    id: uuid().primaryKey(),
    /** As it is named in the settings and in calls. */
    model: text().notNull(),
    effectiveFrom: at().notNull(),
    /** Millionths of a US dollar for a million tokens. */
    inputMicros: perMillion().notNull(),
    /** Of input tokens that the provider had kept; null = as other input. */
    cachedMicros: perMillion(),
    outputMicros: perMillion().notNull(),
    createdBy: uuid().references(() => users.id, { onDelete: 'set null' }),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    index().on(t.model, t.effectiveFrom),
    check('prices_range', sql`least(input_micros, cached_micros, output_micros) >= 0`),
  ],
)
