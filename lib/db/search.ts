// The text search's statements. Rows are folded in after the fact, at most a moment behind the tasks' own events.
import { sql } from 'drizzle-orm'
import type { Database, Tx } from './client.ts'

/** A search covers this many of the newest tasks; "search older" goes on from `searchWindowEnd`. */
export const SEARCH_WINDOW = 100_000
const FOLD_AT_ONCE = 200
const FOLD_ROUND = 2_000

/** Ids of matching tasks of `app.workspace`, newest first, older than `before`, within the window. */
export async function searchTasks(
  tx: Tx,
  { query, before, limit, window = SEARCH_WINDOW }: { query: string; before?: string; limit: number; window?: number },
): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(
    sql`select id from search_tasks(${query}, ${before ?? null}::uuid, ${limit}, ${window}) as id`,
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

/** The oldest task of the window, to go on with as `before`; null when nothing is older. */
export async function searchWindowEnd(tx: Tx, before?: string, window = SEARCH_WINDOW): Promise<string | null> {
  const { rows } = await tx.execute<{ id: string | null }>(
    sql`select search_window(${before ?? null}::uuid, ${window}) as id`,
  )
  return rows[0]?.id ?? null
}

/**
 * Folds new and changed tasks of all workspaces into the search, as baton_worker, until none is left. Any number of
 * processes may call it: one works, the others return at once. A late commit is seen up to 15 s after its event.
 * @returns how many tasks were folded in
 */
export async function foldSearch(db: Database, signal?: AbortSignal): Promise<number> {
  for (let total = 0; ;) {
    const { folded, more } = await foldRound(db, signal)
    total += folded
    if (!more || signal?.aborted) return total
  }
}

/** At most 2,000 tasks, the oldest first; `more` when others are due: a busy process pauses between rounds. */
export async function foldRound(db: Database, signal?: AbortSignal): Promise<{ folded: number; more: boolean }> {
  const { at, ids } = await db.transaction(dueTasks)
  const stopped = () => signal?.aborted ?? false
  let folded = 0
  for (let from = 0; from < ids.length && !stopped(); from += FOLD_AT_ONCE)
    folded += await db.transaction((tx) => fold(tx, ids.slice(from, from + FOLD_AT_ONCE)))
  const more = ids.length === FOLD_ROUND
  if (at !== null && !more && !stopped()) await db.transaction((tx) => remember(tx, at))
  return { folded, more }
}

async function holdsLock(tx: Tx): Promise<boolean> {
  const { rows } = await tx.execute<{ locked: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended('baton.search', 0)) as locked`,
  )
  return rows[0]?.locked ?? false
}

/** One reading of the events for a whole round. `at` is null when another process is at work. */
async function dueTasks(tx: Tx): Promise<{ at: string | null; ids: string[] }> {
  if (!(await holdsLock(tx))) return { at: null, ids: [] }
  const { rows } = await tx.execute<{ at: string; id: string | null }>(sql`
    with changed as materialized (
      select e.task_id, max(e.seq) as seq from events e
      where e.at >= coalesce((select folded_until from search_progress) - interval '15 s', '-infinity')
        and e.type in ('submitted', 'completed', 'failed', 'blocked')
      group by e.task_id
    ), due as (
      select t.id from changed c join tasks t on t.id = c.task_id
      left join search s on s.workspace_id = t.workspace_id and s.task_id = t.id
      where s.seq is null or s.seq < c.seq
      order by t.id limit ${FOLD_ROUND}
    )
    select transaction_timestamp() as at, due.id from (select) as always left join due on true`)
  return { at: rows[0]?.at ?? null, ids: rows.flatMap((row) => row.id ?? []) }
}

async function fold(tx: Tx, ids: string[]): Promise<number> {
  if (!(await holdsLock(tx))) return 0
  await tx.execute(sql`set local client_min_messages = error`)
  const { rowCount } = await tx.execute(sql`
    with due as materialized (
      select t.workspace_id, t.id, t.title, t.text_sha256, t.result, t.partial, t.error, t.seq, s.n
      from tasks t left join search s on s.workspace_id = t.workspace_id and s.task_id = t.id
      where t.id = any(${sql.param(ids)}::uuid[]) and (s.seq is null or s.seq < t.seq)
    )
    insert into search (workspace_id, task_id, n, seq, document)
    select d.workspace_id, d.id,
      coalesce(d.n, coalesce((select n from search l where l.workspace_id = d.workspace_id order by n desc limit 1), 0)
        + count(*) filter (where d.n is null) over (partition by d.workspace_id order by d.id)),
      d.seq, search_document(d.title, x.body, coalesce(d.result, d.partial), d.error)
    from due d join texts x on x.workspace_id = d.workspace_id and x.sha256 = d.text_sha256
    on conflict (workspace_id, task_id) do update set seq = excluded.seq, document = excluded.document`)
  return rowCount ?? 0
}

async function remember(tx: Tx, at: string): Promise<void> {
  await tx.execute(sql`
    insert into search_progress (id, folded_until) values (1, ${at}::timestamptz)
    on conflict (id) do update set folded_until = excluded.folded_until
    where search_progress.folded_until < excluded.folded_until`)
}
