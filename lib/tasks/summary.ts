// A task's row as everyone outside sees it.
import { sql, type SQL } from 'drizzle-orm'
import type { BlockReason, Engine, Priority, Status, TaskError, TaskLimits } from './states.ts'
import { MAX_ATTEMPTS } from './states.ts'
import type { TaskSummary } from './shapes.ts'

export type SummaryRow = {
  id: string
  worker: string
  status: Status
  reason: BlockReason | null
  title: string
  preview: string
  tags: string[]
  external_id: string | null
  priority: Priority
  engine: Engine
  user_id: string | null
  user_name: string | null
  key_id: string | null
  key_name: string | null
  attempts_used: number
  created_at: string
  started_at: string | null
  finished_at: string | null
  due_at: string | null
  not_before: string | null
  replay_of: string | null
  calls: string
  tokens: string | null
  cost_micros: string | null
  error: TaskError | null
  limits: TaskLimits | null
  now: string
}

/** Reads the tasks whose ids `chosen` selects, newest first. */
export function selectSummaries(chosen: SQL, more: SQL = sql``, joins: SQL = sql``): SQL {
  return sql`
    select t.id, t.worker, t.status, t.reason, t.title, t.preview, t.external_id, t.priority, t.engine,
      u.id as user_id, u.name as user_name, k.id as key_id, k.name as key_name, t.attempts_used, t.created_at,
      t.started_at, t.finished_at, t.due_at, t.not_before, t.replay_of, t.error, t.limits, now() as now,
      array(select g.tag from task_tags g where g.task_id = t.id order by g.tag) as tags,
      c.calls, c.tokens, c.cost_micros ${more}
    from tasks t
    left join users u on u.id = t.submitted_by
    left join api_keys k on k.id = t.api_key_id
    left join lateral (
      select count(*) as calls, sum(coalesce(input_tokens, 0) + coalesce(output_tokens, 0)) as tokens,
        case when count(*) = count(cost_micros) then sum(cost_micros) end as cost_micros
      from calls where calls.task_id = t.id) c on true
    ${joins}
    where t.id in (${chosen})
    order by t.id desc`
}

export function summaryOf(row: SummaryRow): TaskSummary {
  return {
    id: row.id,
    worker: row.worker,
    status: row.status,
    reason: row.reason,
    title: row.title,
    preview: row.preview,
    tags: row.tags,
    externalId: row.external_id,
    priority: row.priority,
    engine: row.engine,
    submittedBy: submitterOf(row),
    attemptsUsed: row.attempts_used,
    maxAttempts: row.limits?.attempts ?? MAX_ATTEMPTS,
    createdAt: iso(row.created_at),
    startedAt: isoOrNull(row.started_at),
    finishedAt: isoOrNull(row.finished_at),
    dueAt: isoOrNull(row.due_at),
    notBefore: isoOrNull(row.not_before),
    replayOf: row.replay_of,
    waitedMs: waitedMs(row),
    workedMs: workedMs(row),
    tokens: row.calls === '0' ? null : Number(row.tokens),
    costMicros: row.cost_micros === null ? null : Number(row.cost_micros),
    error: row.error,
  }
}

function submitterOf(row: SummaryRow): TaskSummary['submittedBy'] {
  if (row.user_id !== null) return { kind: 'user', id: row.user_id, name: row.user_name ?? '' }
  if (row.key_id !== null) return { kind: 'key', id: row.key_id, name: row.key_name ?? '' }
  return null
}

function waitedMs(row: SummaryRow): number {
  const since = Math.max(time(row.created_at), row.not_before ? time(row.not_before) : 0)
  const started = row.started_at !== null && row.status !== 'pending' ? time(row.started_at) : null
  const until = started ?? (row.finished_at ? time(row.finished_at) : time(row.now))
  return Math.max(0, until - since)
}

function workedMs(row: SummaryRow): number {
  if (row.started_at === null) return 0
  if (row.status === 'in_progress') return Math.max(0, time(row.now) - time(row.started_at))
  return row.finished_at ? Math.max(0, time(row.finished_at) - time(row.started_at)) : 0
}

const time = (value: string) => new Date(value).getTime()

/** Postgres's way of writing a time, as ISO 8601 with milliseconds. */
export function iso(value: string): string {
  return new Date(value).toISOString()
}

export function isoOrNull(value: string | null): string | null {
  return value === null ? null : iso(value)
}
