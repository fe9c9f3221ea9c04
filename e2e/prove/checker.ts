// The history checker: holds what clients saw and what the provider saw against what the database says.
// Invariant ids are stable; each returns the offenders it found, none = it holds.
import type pg from 'pg'
import type { Operation } from './history.ts'

/** One request as the provider's own journal has it. `callId` is the id under which the call was announced. */
export type JournalCall = { callId: string | null; answered: boolean; inputTokens: number; outputTokens: number }

export type Evidence = {
  pool: pg.Pool
  workspaceId: string
  history: Operation[]
  journal: JournalCall[]
}

export type Finding = { invariant: string; title: string; offenders: string[] }

type Invariant = { id: string; title: string; offenders: (evidence: Evidence) => Promise<string[]> }

export async function check(evidence: Evidence): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { id, title, offenders } of INVARIANTS)
    findings.push({ invariant: id, title, offenders: await offenders(evidence) })
  return findings
}

/** What the database alone can show: for a workspace whose clients kept no history. */
export async function checkRows(pool: pg.Pool, workspaceId: string): Promise<Finding[]> {
  const found = await check({ pool, workspaceId, history: [], journal: [] })
  return found.filter(({ invariant }) => !FROM_HISTORY.has(invariant))
}

const FROM_HISTORY = new Set(['I1', 'I2', 'I6'])

/** Everything the database has on one task, for a failure report. */
export async function timeline(pool: pg.Pool, taskId: string): Promise<string> {
  const { rows } = await pool.query<{ line: string }>(
    `select to_char(at, 'HH24:MI:SS.MS') || '  ' || seq || ' ' || type || ' ' || coalesce(data::text, '') as line
       from events where task_id = $1 order by seq`,
    [taskId],
  )
  return rows.map(({ line }) => line).join('\n')
}

const LIVE_TICKETS = `select id from pgboss.job where state in ('created', 'retry', 'active')`

const INVARIANTS: Invariant[] = [
  {
    id: 'I1',
    title: 'an accepted operation is exactly one task; a refused one is none',
    offenders: async ({ pool, workspaceId, history }) => {
      const { rows } = await pool.query<{ external_id: string; n: number }>(
        `select external_id, count(*)::int as n from tasks where workspace_id = $1 group by external_id`,
        [workspaceId],
      )
      const counts = new Map(rows.map((row) => [row.external_id, row.n]))
      return history
        .filter(({ key, outcome }) => {
          const count = counts.get(key) ?? 0
          return outcome === 'ok' ? count !== 1 : outcome === 'fail' ? count !== 0 : count > 1
        })
        .map(({ key, outcome }) => `${outcome} ${key} has ${counts.get(key) ?? 0} tasks`)
    },
  },
  {
    id: 'I2',
    title: 'every task was asked for',
    offenders: async ({ pool, workspaceId, history }) => {
      const asked = new Set(history.map(({ key }) => key))
      const { rows } = await pool.query<{ id: string; external_id: string | null }>(
        'select id, external_id from tasks where workspace_id = $1',
        [workspaceId],
      )
      return rows.filter((row) => !asked.has(row.external_id ?? '')).map((row) => row.id)
    },
  },
  {
    id: 'I3',
    title: 'each task has exactly one terminal event since it was last sent back by hand, and it is the last',
    offenders: ({ pool, workspaceId }) =>
      ids(
        pool,
        `select task_id as id from events e where workspace_id = $1 and seq > coalesce(
             (select max(seq) from events r where r.task_id = e.task_id and r.type = 'retried'), 0)
          group by task_id
         having count(*) filter (where type in ('completed', 'failed', 'cancelled')) <> 1
             or max(seq) <> max(seq) filter (where type in ('completed', 'failed', 'cancelled'))`,
        workspaceId,
      ),
  },
  {
    id: 'I4',
    title: 'a completed task has one result, from one completed attempt',
    offenders: ({ pool, workspaceId }) =>
      ids(
        pool,
        `select t.id from tasks t
          left join attempts a on a.task_id = t.id and a.outcome = 'completed'
         where t.workspace_id = $1
         group by t.id
         having (t.status = 'completed' and (t.result is null or count(a.epoch) <> 1))
             or (t.status <> 'completed' and count(a.epoch) <> 0)`,
        workspaceId,
      ),
  },
  {
    id: 'I5',
    title: 'no write of an older attempt was stored after a newer one began',
    offenders: ({ pool, workspaceId }) =>
      ids(
        pool,
        `select distinct task_id as id from (
           select task_id, seq, (data->>'epoch')::int as epoch,
                  max((data->>'epoch')::int) over (partition by task_id order by seq rows unbounded preceding) as newest
             from events where workspace_id = $1 and data ? 'epoch') e
          where epoch < newest
          union
         select a.task_id from attempts a join attempts later on later.task_id = a.task_id and later.epoch > a.epoch
          where a.workspace_id = $1 and a.outcome = 'completed' and later.started_at < a.finished_at`,
        workspaceId,
      ),
  },
  {
    id: 'I6',
    title: 'the same key is answered with the same task, however often it is sent',
    offenders: async ({ history }) =>
      history
        .filter(({ replies }) => new Set(replies.filter((r) => r.status < 300).map((r) => r.taskId)).size > 1)
        .map(({ key }) => key),
  },
  {
    id: 'I7',
    title: 'the ledger has every call the provider saw, with its tokens; what is not known says so',
    offenders: async ({ pool, workspaceId, journal }) => {
      const { rows } = await pool.query<{ id: string; state: string; input: number | null; output: number | null }>(
        'select id, state, input_tokens as input, output_tokens as output from calls where workspace_id = $1',
        [workspaceId],
      )
      const ledger = new Map(rows.map((row) => [row.id, row]))
      const unlisted = journal
        .filter(({ callId }) => !callId || !ledger.has(callId))
        .map((call) => `${call.callId} not in the ledger`)
      const wrong = journal.filter(({ callId, inputTokens, outputTokens }) => {
        const row = ledger.get(callId ?? '')
        return row?.state === 'settled' && (row.input !== inputTokens || row.output !== outputTokens)
      })
      const open = rows.filter(({ state }) => state === 'sent').map(({ id }) => `${id} is still "sent"`)
      const unsettled = await ids(
        pool,
        `select a.task_id as id from attempts a
          left join calls c on c.task_id = a.task_id and c.epoch = a.epoch
         where a.workspace_id = $1 and a.outcome = 'completed' and a.engine = 'model' group by a.task_id, a.epoch
         having count(*) filter (where c.state = 'settled') = 0 or count(*) filter (where c.state = 'unknown') > 0`,
        workspaceId,
      )
      return [
        ...unlisted,
        ...wrong.map(({ callId }) => `${callId} has other tokens`),
        ...open,
        ...unsettled.map((id) => `${id} completed, but its calls do not say so`),
      ]
    },
  },
  {
    id: 'I9',
    title: 'the events of a task are numbered 1 to n without a gap, and the task knows n',
    offenders: ({ pool, workspaceId }) =>
      ids(
        pool,
        `select t.id from tasks t left join events e on e.task_id = t.id where t.workspace_id = $1
         group by t.id having count(e.seq) <> t.seq or min(e.seq) <> 1 or max(e.seq) <> t.seq`,
        workspaceId,
      ),
  },
  {
    id: 'I10',
    title: 'no live ticket without an open task, no open task without a live ticket',
    offenders: async ({ pool, workspaceId }) => [
      ...(await ids(
        pool,
        `select id from tasks where workspace_id = $1 and status in ('pending', 'in_progress') and id not in (${LIVE_TICKETS})`,
        workspaceId,
      )),
      ...(await ids(
        pool,
        `select id from tasks where workspace_id = $1 and status not in ('pending', 'in_progress') and id in (${LIVE_TICKETS})`,
        workspaceId,
      )),
    ],
  },
  {
    id: 'I12',
    title: 'everything of a task lies in the task’s workspace',
    offenders: ({ pool, workspaceId }) =>
      ids(
        pool,
        `select x.task_id as id from
           (select task_id, workspace_id from events union all select task_id, workspace_id from attempts
            union all select task_id, workspace_id from calls) x
           join tasks t on t.id = x.task_id where t.workspace_id = $1 and x.workspace_id <> t.workspace_id`,
        workspaceId,
      ),
  },
  {
    id: 'I14',
    title: 'no task used more attempts than it may, and the count agrees with its attempts',
    offenders: ({ pool, workspaceId }) =>
      ids(
        pool,
        `select t.id from tasks t left join attempts a on a.task_id = t.id and a.outcome in ('completed', 'failed')
            and a.started_at > coalesce(
              (select max(at) from events r where r.task_id = t.id and r.type = 'retried'), '-infinity')
          where t.workspace_id = $1 group by t.id
         having t.attempts_used > 5 or t.attempts_used <> count(a.epoch)`,
        workspaceId,
      ),
  },
  {
    id: 'I18',
    title: 'every accepted task has ended',
    offenders: ({ pool, workspaceId }) =>
      ids(
        pool,
        `select id from tasks where workspace_id = $1 and status not in ('completed', 'failed', 'cancelled')`,
        workspaceId,
      ),
  },
]

async function ids(pool: pg.Pool, query: string, workspaceId: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(query, [workspaceId])
  return rows.map(({ id }) => id)
}
