// Reads what became of a document: the tasks and runs that were given its text, with where they stand.
import { type SQL, sql } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import type { BlockReason, Status } from '#lib/tasks/states.ts'
import { iso, isoOrNull } from '#lib/tasks/summary.ts'
import type { RunStatus } from '#lib/workflows/states.ts'
import { getDocument } from './queries.ts'
import type { DocumentUse, DocumentUses } from './shapes.ts'

const MAX_USES = 100

/** Newest first, at most 100 of them. @throws Forbidden; NotFound */
export async function listUses(ctx: Ctx, id: string): Promise<DocumentUses> {
  requireAccess(ctx, 'task.read')
  requireAccess(ctx, 'run.read')
  const document = await getDocument(ctx, id)
  const of = sql`d.workspace_id = ${ctx.workspaceId} and d.document_id = ${document.id}`
  const { rows } = await ctx.tx.execute<UseRow>(sql`
    select coalesce(t.id, r.id) as id, t.worker, t.reason, r.definition ->> 'title' as workflow,
      coalesce(t.status, r.status) as status, coalesce(t.title, r.title) as title, d.first_page, d.last_page,
      u.id as user_id, u.name as user_name, k.id as key_id, k.name as key_name,
      coalesce(t.created_at, r.created_at) as created_at, coalesce(t.finished_at, r.finished_at) as finished_at,
      c.calls, c.tokens, case when c.calls = c.priced then c.cost end as cost
    from document_uses d
    left join tasks t on t.id = d.task_id
    left join runs r on r.id = d.run_id
    left join users u on u.id = coalesce(t.submitted_by, r.submitted_by)
    left join api_keys k on k.id = coalesce(t.api_key_id, r.api_key_id)
    ${SPENT}
    where ${of} order by d.id desc limit ${MAX_USES}`)
  return { items: rows.map(toUse), ...(await sumsOf(ctx, of)) }
}

type Sums = { total: number; completed: number; failed: number }

async function sumsOf({ tx }: Ctx, of: SQL): Promise<Omit<DocumentUses, 'items'>> {
  const { rows } = await tx.execute<Sums & Spent>(sql`
    select count(*)::int as total, (count(*) filter (where coalesce(t.status, r.status) = 'completed'))::int as completed,
      (count(*) filter (where coalesce(t.status, r.status) = 'failed'))::int as failed,
      sum(c.calls) as calls, sum(c.tokens) as tokens, case when sum(c.calls) = sum(c.priced) then sum(c.cost) end as cost
    from document_uses d
    left join tasks t on t.id = d.task_id
    left join runs r on r.id = d.run_id
    ${SPENT}
    where ${of}`)
  const [row] = rows
  if (!row) throw new Error('A count has no row.')
  return { total: row.total, completed: row.completed, failed: row.failed, ...spentOf(row) }
}

/** Of the task, or of all tasks of the run. */
const SPENT = sql`left join lateral (
      select count(*) as calls, count(cost_micros) as priced, sum(cost_micros) as cost,
        sum(coalesce(input_tokens, 0) + coalesce(output_tokens, 0)) as tokens
      from calls where task_id in (
        select d.task_id union all select s.id from tasks s where s.run_id = d.run_id)) c on true`

type Spent = { calls: string | null; tokens: string | null; cost: string | null }

function spentOf({ calls, tokens, cost }: Spent): { tokens: number | null; costMicros: number | null } {
  const called = Number(calls) > 0
  return { tokens: called ? Number(tokens) : null, costMicros: called && cost !== null ? Number(cost) : null }
}

type UseRow = Spent & {
  id: string
  worker: string | null
  reason: BlockReason | null
  workflow: string | null
  status: Status & RunStatus
  title: string
  first_page: number | null
  last_page: number | null
  user_id: string | null
  user_name: string | null
  key_id: string | null
  key_name: string | null
  created_at: string
  finished_at: string | null
}

function toUse(row: UseRow): DocumentUse {
  const common = {
    id: row.id,
    title: row.title,
    pages: row.first_page === null || row.last_page === null ? null : { from: row.first_page, to: row.last_page },
    submittedBy: submitterOf(row),
    createdAt: iso(row.created_at),
    finishedAt: isoOrNull(row.finished_at),
    ...spentOf(row),
  }
  const { worker, reason, status, workflow } = row
  return worker === null
    ? { kind: 'run', workflow: workflow ?? '', status, ...common }
    : { kind: 'task', worker, reason, status, ...common }
}

function submitterOf(row: UseRow): DocumentUse['submittedBy'] {
  if (row.user_id !== null) return { kind: 'user', id: row.user_id, name: row.user_name ?? '' }
  if (row.key_id !== null) return { kind: 'key', id: row.key_id, name: row.key_name ?? '' }
  return null
}
