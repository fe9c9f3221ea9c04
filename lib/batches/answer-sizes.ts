// How long models' answers were lately, by worker: what a quote rests on.
import { sql } from 'drizzle-orm'
import type { Ctx } from '#lib/context.ts'

/** Output tokens of a task, over all its calls. */
export type AnswerSizes = { samples: number; low: number; middle: number; high: number }

/** Of the workspace's last seven days, nine of ten answers between `low` and `high`. The caller has checked who asks. */
export async function readAnswerSizes({ tx, workspaceId }: Ctx): Promise<Record<string, AnswerSizes>> {
  const { rows } = await tx.execute<AnswerSizes & { worker: string }>(sql`
    with recent as (
      select t.worker, sum(c.output_tokens) as tokens from calls c join tasks t on t.id = c.task_id
      where c.workspace_id = ${workspaceId} and c.started_at > now() - interval '7 days' and c.output_tokens is not null
      group by t.worker, t.id)
    select worker, count(*)::int as samples,
      percentile_cont(0.05) within group (order by tokens)::float8 as low,
      percentile_cont(0.5) within group (order by tokens)::float8 as middle,
      percentile_cont(0.95) within group (order by tokens)::float8 as high
    from recent group by worker`)
  return Object.fromEntries(rows.map(({ worker, ...sizes }) => [worker, sizes]))
}
