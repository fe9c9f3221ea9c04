// What is read from the text search. Its rows are folded in after the fact (fold-search.ts).
import { sql } from 'drizzle-orm'
import type { Tx } from './client.ts'

/** A search covers at least this many of the newest tasks. */
export const SEARCH_WINDOW = 100_000

export type Search = { query: string; before?: string; after?: string; limit: number; window?: number }

/**
 * Ids of matching tasks of `app.workspace`: newest first, older than `before`, within the window; with `after` instead
 * newer than it and oldest first.
 */
export async function searchTasks(
  tx: Tx,
  { query, before, after, limit, window = SEARCH_WINDOW }: Search,
): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(
    sql`select id from search_tasks(${query}, ${before ?? null}::uuid, ${after ?? null}::uuid, ${limit}, ${window}) as id`,
  )
  return rows.map((row) => row.id)
}

/** Those of `ids` that match: for lists that filter first and search then. */
export async function searchMatches(tx: Tx, query: string, ids: string[]): Promise<Set<string>> {
  const { rows } = await tx.execute<{ id: string }>(
    sql`select id from search_matches(${query}, ${sql.param(ids)}::uuid[]) as id`,
  )
  return new Set(rows.map((row) => row.id))
}

/** No task of the window is below this id. */
export async function searchFloor(tx: Tx, before?: string, window = SEARCH_WINDOW): Promise<string | undefined> {
  const { rows } = await tx.execute<{ id: string }>(
    sql`select first_id as id from search_window(${before ?? null}::uuid, ${window}) order by first_id limit 1`,
  )
  return rows[0]?.id
}
