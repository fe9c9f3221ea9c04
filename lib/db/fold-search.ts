// Writes the text search's rows after the fact, a moment behind the tasks' own events.
import { sql } from 'drizzle-orm'
import type { Database, Tx } from './client.ts'

const ROUND = 2_000
const AT_ONCE = 200
const BLOCK = 10_000

export type FoldOptions = {
  signal?: AbortSignal
  /** A task that was submitted so short a time ago may have ended before the next round, and is then folded in once. */
  settleMs?: number
  /** A block that has so many tasks is followed by another. */
  block?: number
}

/**
 * Folds new and changed tasks of all workspaces into the search, as baton_worker, until none is left. Any number of
 * processes may call it: one works, the others return at once. What commits more than 2 s after its event is seen up to
 * 5 s later, more than 10 s after it perhaps only with the task's next event.
 * @returns how many tasks were folded in
 */
export async function foldSearch(db: Database, options: FoldOptions = {}): Promise<number> {
  for (let total = 0; ;) {
    const { folded, more } = await foldRound(db, options)
    total += folded
    if (!more || options.signal?.aborted) return total
  }
}

/** At most 2,000 tasks, the oldest first; `more` when others are due: a busy process pauses between rounds. */
export async function foldRound(
  db: Database,
  { signal, settleMs = 0, block = BLOCK }: FoldOptions = {},
): Promise<{ folded: number; more: boolean }> {
  const { round, ids } = await db.transaction((tx) => dueTasks(tx, settleMs))
  const stopped = () => signal?.aborted ?? false
  let folded = 0
  for (let from = 0; from < ids.length && !stopped(); from += AT_ONCE)
    folded += await db.transaction((tx) => fold(tx, ids.slice(from, from + AT_ONCE), block))
  const more = ids.length === ROUND
  if (round !== null && !more && !stopped()) await db.transaction((tx) => remember(tx, round))
  return { folded, more }
}

async function holdsLock(tx: Tx): Promise<boolean> {
  const { rows } = await tx.execute<{ locked: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended('baton.search', 0)) as locked`,
  )
  return rows[0]?.locked ?? false
}

type Round = { at: string; looked_back: boolean }

/** One reading of the events for a whole round, null when another process is at work. */
async function dueTasks(tx: Tx, settleMs: number): Promise<{ round: Round | null; ids: string[] }> {
  if (!(await holdsLock(tx))) return { round: null, ids: [] }
  const { rows } = await tx.execute<Round & { since: string }>(sql`
    select now()::text as at, coalesce(p.looked_back_at < now() - interval '5 s', true) as looked_back,
      case when p.folded_until is null then '-infinity'
        else (p.folded_until - case when p.looked_back_at < now() - interval '5 s' then interval '20 s' else interval '2 s' end
          - ${settleMs} * interval '1 ms')::text
      end as since
    from (select) as always left join search_progress p on true`)
  const round = rows[0]
  if (!round) return { round: null, ids: [] }
  const due = await tx.execute<{ id: string }>(sql`
    with changed as materialized (
      select e.task_id, max(e.seq) as seq from events e
      where e.at >= ${round.since}::timestamptz and (e.type in ('completed', 'failed', 'blocked')
        or e.type = 'submitted' and e.at <= now() - ${settleMs} * interval '1 ms')
      group by e.task_id
    )
    select t.id from changed c join tasks t on t.id = c.task_id
    left join search s on s.workspace_id = t.workspace_id and s.task_id = t.id
    where s.seq is null or s.seq < c.seq
    order by t.id limit ${ROUND}`)
  return { round, ids: due.rows.map(({ id }) => id) }
}

async function fold(tx: Tx, ids: string[], block: number): Promise<number> {
  if (!(await holdsLock(tx))) return 0
  // What a crash forgets is due again: the progress is written later.
  await tx.execute(
    sql`select set_config('client_min_messages', 'error', true), set_config('synchronous_commit', 'off', true)`,
  )
  await openBlocks(tx, ids, block)
  const { rows } = await tx.execute<{ folded: number }>(sql`
    with due as materialized (
      select t.workspace_id, t.id, t.title, t.text_sha256, t.result, t.partial, t.error, t.seq, s.block is null as added,
        coalesce(s.block, (select b.id from search_blocks b
          where b.workspace_id = t.workspace_id and b.first_id <= t.id order by b.first_id desc limit 1)) as block
      from tasks t left join search s on s.workspace_id = t.workspace_id and s.task_id = t.id
      where t.id = any(${sql.param(ids)}::uuid[]) and (s.seq is null or s.seq < t.seq)
    ), counted as (
      update search_blocks b set tasks = b.tasks + added.tasks
      from (select block, count(*) as tasks from due where due.added group by block) as added where b.id = added.block
    ), folded as (
      insert into search (workspace_id, task_id, block, seq, document)
      select d.workspace_id, d.id, d.block, d.seq, search_document(d.title, x.body, coalesce(d.result, d.partial), d.error)
      from due d join texts x on x.workspace_id = d.workspace_id and x.sha256 = d.text_sha256 order by d.id
      on conflict (workspace_id, task_id) do update set seq = excluded.seq, document = excluded.document
      returning 1
    )
    select count(*)::int as folded from folded`)
  return rows[0]?.folded ?? 0
}

/** A workspace's first block has room for every id; the next begins above all that were folded in before it was full. */
async function openBlocks(tx: Tx, ids: string[], block: number): Promise<void> {
  await tx.execute(sql`
    with due as (select workspace_id, id from tasks where id = any(${sql.param(ids)}::uuid[])),
    last as (
      select w.workspace_id, b.tasks, (select s.task_id from search s
        where s.workspace_id = w.workspace_id order by s.task_id desc limit 1) as id
      from (select distinct workspace_id from due) as w
      left join lateral (select tasks from search_blocks
        where workspace_id = w.workspace_id order by first_id desc limit 1) as b on true
    )
    insert into search_blocks (workspace_id, first_id)
    select l.workspace_id, coalesce(n.id, '00000000-0000-0000-0000-000000000000')
    from last l left join lateral (select d.id from due d
      where l.tasks is not null and d.workspace_id = l.workspace_id and d.id > l.id order by d.id limit 1) as n on true
    where l.tasks is null or (l.tasks >= ${block} and n.id is not null)`)
}

async function remember(tx: Tx, { at, looked_back: lookedBack }: Round): Promise<void> {
  await tx.execute(sql`
    insert into search_progress (id, folded_until, looked_back_at) values (1, ${at}::timestamptz, ${at}::timestamptz)
    on conflict (id) do update set folded_until = excluded.folded_until,
      looked_back_at = case when ${lookedBack} then excluded.looked_back_at else search_progress.looked_back_at end
    where search_progress.folded_until < excluded.folded_until`)
}
