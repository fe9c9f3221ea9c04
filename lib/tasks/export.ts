// Reads the tasks that a query gives, page by page, with what they were given and what came out.
import { sql } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import type { ResultInfo } from '#lib/workers/define.ts'
import { checkedFilter, chosenIds } from './queries.ts'
import type { TaskFilter, TaskSelection } from './requests.ts'
import { selectedIds } from './selection.ts'
import type { TaskSummary } from './shapes.ts'
import { STATUSES } from './states.ts'
import { selectSummaries, type SummaryRow, summaryOf } from './summary.ts'

export type ExportedTask = TaskSummary & {
  /** Without the text unless it was asked for. */
  input: Record<string, unknown>
  result: unknown
  partial: Record<string, unknown> | null
  info: ResultInfo | null
}

type ExportRow = SummaryRow & {
  options: Record<string, unknown>
  body: string | null
  result: unknown
  partial: Record<string, unknown> | null
  info: ResultInfo | null
}

type Page = { before: string | null; limit: number; withText: boolean }

/** Newest first, as listTasks gives them; an empty page is the end. @throws Forbidden, InvalidInput */
export async function exportPage(ctx: Ctx, selection: TaskSelection, page: Page): Promise<ExportedTask[]> {
  requireAccess(ctx, 'task.read')
  const ids = 'ids' in selection ? await someOf(ctx, selection, page) : await matching(ctx, selection.query, page)
  if (ids.length === 0) return []
  const text = page.withText ? sql`x.body` : sql`null`
  const { rows } = await ctx.tx.execute<ExportRow>(
    selectSummaries(
      sql`select unnest(${sql.param(ids)}::uuid[])`,
      sql`, t.options, ${text} as body, t.result, t.partial, t.info`,
      page.withText ? sql`join texts x on x.workspace_id = t.workspace_id and x.sha256 = t.text_sha256` : sql``,
    ),
  )
  return rows.map((row) => ({
    ...summaryOf(row),
    input: { ...(row.body === null ? {} : { text: row.body }), ...row.options },
    result: row.result,
    partial: row.partial,
    info: row.info,
  }))
}

async function matching(ctx: Ctx, filter: TaskFilter, { before, limit }: Page): Promise<string[]> {
  const chosen = await chosenIds(ctx, checkedFilter(filter), before === null ? {} : { before }, limit)
  const { rows } = await ctx.tx.execute<{ id: string }>(chosen)
  return rows.map(({ id }) => id)
}

async function someOf(ctx: Ctx, selection: TaskSelection, { before, limit }: Page): Promise<string[]> {
  const { ids } = await selectedIds(ctx, selection, STATUSES)
  return ids
    .toSorted()
    .toReversed()
    .filter((id) => before === null || id < before)
    .slice(0, limit)
}
