// pg-boss's own statement that sends tickets, for use inside a larger one: task and ticket in one round trip.
import { type SQL, sql } from 'drizzle-orm'
import type { PgBoss } from 'pg-boss'

/**
 * Common table expressions, the last of which is `ticket` with the id of each ticket that was sent: fewer than given
 * means that the queue refused some, and then the transaction must roll back. `tickets` is an expression that yields a
 * JSON array of `{ id, priority, data, groupId, startAfter }`.
 */
export type Sending = (tickets: SQL) => SQL

const FORM = /^\s*WITH (ins AS \([\s\S]*)\$1(::text::json[\s\S]*\))(\s*SELECT id FROM ins [\s\S]*)$/

export async function readSending(boss: PgBoss, queue: string): Promise<Sending> {
  const [, before, after, last] = FORM.exec(await insertText(boss, queue)) ?? []
  if (before === undefined || after === undefined || last === undefined)
    throw new Error('This version of pg-boss sends jobs with a statement of another form.')
  return (tickets) => sql`${sql.raw(before)}(${tickets})${sql.raw(after)},\n    ticket as (${sql.raw(last)})`
}

/** pg-boss writes it for one job, whose values are the only parameter; it is not run. */
async function insertText(boss: PgBoss, queue: string): Promise<string> {
  let written = ''
  const db = {
    executeSql: (text: string) => {
      written = text
      return Promise.resolve({ rows: [] })
    },
  }
  await boss.insert(queue, [{}], { db, returnId: true })
  return written
}
