// The items of a run's steps, counted: where they stand and what they have cost.
import { sql } from 'drizzle-orm'
import type { Ctx } from '#lib/context.ts'
import type { BoardStep } from './shapes.ts'
import type { StepStatus } from './states.ts'

export type ItemGroup = Pick<BoardStep, 'itemCounts' | 'tokens' | 'costMicros'>

export const NO_ITEMS: ItemGroup = { itemCounts: [], tokens: null, costMicros: null }

type Row = {
  name: string
  status: StepStatus
  count: number
  called: number
  priced: number
  tokens: string
  cost: string
}

/** By the step's name, for steps that have items. */
export async function countItems(ctx: Ctx, runId: string): Promise<Map<string, ItemGroup>> {
  const { rows } = await ctx.tx.execute<Row>(sql`
    select s.name, coalesce(t.status, s.status) as status, count(*)::int as count,
      count(*) filter (where c.calls > 0)::int as called, count(*) filter (where c.calls > 0 and c.cost is not null)::int as priced,
      coalesce(sum(c.tokens), 0) as tokens, coalesce(sum(c.cost), 0) as cost
    from steps s
    left join tasks t on t.id = coalesce(s.task_id, s.reused_task_id)
    left join lateral (
      select count(*) as calls, sum(coalesce(input_tokens, 0) + coalesce(output_tokens, 0)) as tokens,
        case when count(*) = count(cost_micros) then sum(cost_micros) end as cost
      from calls where calls.task_id = t.id) c on true
    where s.workspace_id = ${ctx.workspaceId} and s.run_id = ${runId} and s.item > 0
    group by 1, 2`)
  return new Map(
    [...Map.groupBy(rows, ({ name }) => name)].map(([name, group]) => [
      name,
      {
        itemCounts: group.map(({ status, count }) => ({ status, count })),
        tokens: total(group, 'called') === 0 ? null : total(group, 'tokens'),
        costMicros:
          total(group, 'called') === 0 || total(group, 'priced') < total(group, 'called') ? null : total(group, 'cost'),
      },
    ]),
  )
}

function total(rows: readonly Row[], of: 'called' | 'priced' | 'tokens' | 'cost'): number {
  return rows.reduce((sum, row) => sum + Number(row[of]), 0)
}
