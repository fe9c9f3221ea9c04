// The decisions that wait for whoever asks: of those that are somebody else's nothing is said.
import { sql } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { iso } from '#lib/tasks/summary.ts'
import { whyNotDecide } from './approvals.ts'
import type { StepDefinition } from './definition.ts'

export type AwaitedDecision = {
  runId: string
  step: string
  question: string
  /** Of the run. */
  title: string
  sinceAt: string
}

/** The oldest first, a few of them. */
export type DecisionsAwaited = { count: number; oldest: AwaitedDecision[] }

type Row = {
  run_id: string
  name: string
  started_at: string
  title: string
  submitted_by: string | null
  definition: Extract<StepDefinition, { kind: 'approval' }>
}

/** Of so many decisions, the oldest ones. */
const MOST = 1_000
const TOLD = 5

export async function decisionsAwaited(ctx: Ctx): Promise<DecisionsAwaited> {
  requireAccess(ctx, 'run.read')
  const { rows } = await ctx.tx.execute<Row>(sql`
    select s.run_id, s.name, s.started_at, r.title, r.submitted_by, a.definition
    from (
      select distinct run_id from steps
      where workspace_id = ${ctx.workspaceId} and status = 'in_progress' and task_id is null and item = 0) w
    join runs r on r.id = w.run_id and r.status = 'in_progress'
    cross join lateral jsonb_path_query(r.definition, '$.steps[*] ? (@.kind == "approval")') as a(definition)
    join steps s on s.run_id = r.id and s.name = a.definition ->> 'name' and s.item = 0 and s.status = 'in_progress'
    order by s.started_at limit ${MOST}`)
  const mine = rows.flatMap((row) =>
    whyNotDecide(ctx, row.definition, row) === null
      ? [{ runId: row.run_id, step: row.name, question: row.definition.question, title: row.title, at: row.started_at }]
      : [],
  )
  const oldest = mine.slice(0, TOLD).map(({ at, ...decision }) => ({ ...decision, sinceAt: iso(at) }))
  return { count: mine.length, oldest }
}
