// The price book: what a model's tokens cost from when on. Rows are added, never changed: what a call cost stays true.
// Prices that come with Baton are rows too, added by migrations, each for its provider's own endpoint alone.
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
    /** The only endpoint that it counts for; null = any, whatever the model's name is there. */
    endpointHost: text(),
    /** Where a price that comes with Baton was found; null = an operator's, which goes before it. */
    source: text(),
    createdBy: uuid().references(() => users.id, { onDelete: 'set null' }),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    index().on(t.model, t.effectiveFrom),
    check('prices_range', sql`least(input_micros, cached_micros, output_micros) >= 0`),
  ],
)
