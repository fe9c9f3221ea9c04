// Columns and conditions that the tables share.
import { sql, type SQL } from 'drizzle-orm'
import { type AnyPgColumn, customType, timestamp, uuid } from 'drizzle-orm/pg-core'
import { workspaces } from './auth-schema.ts'

export const at = () => timestamp({ withTimezone: true })
export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })
export const oneOf = (column: AnyPgColumn, values: readonly string[]): SQL =>
  sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`
export const workspaceId = () =>
  uuid()
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' })
/** For rows of a task: the composite key to it says the same and is checked once. */
export const workspaceOfTask = () => uuid().notNull()
