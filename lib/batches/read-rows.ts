// The rows of a batch's table as they came, all or some of them, to be started again with changes.
import { sql } from 'drizzle-orm'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { NotFound } from '#lib/errors.ts'
import { stateOf } from './queries.ts'
import { batchId, type RowsQuery } from './requests.ts'
import type { TableRows } from './shapes.ts'

/** @throws Forbidden; NotFound */
export async function readRows(ctx: Ctx, id: string, { rows: wanted, state }: RowsQuery): Promise<TableRows> {
  requireAccess(ctx, 'batch.read')
  if (!batchId.safeParse(id).success) throw new NotFound('The batch')
  const found = await ctx.tx.execute<{ columns: string[] | null; text_column: number | null }>(sql`
    select columns, text_column from batches where workspace_id = ${ctx.workspaceId} and id = ${id}`)
  const batch = found.rows[0]
  if (!batch) throw new NotFound('The batch')
  const chosen = wanted
    ? sql`exists (select from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as d("from" int, "to" int)
    where i.row between d."from" and d."to")`
    : sql`true`
  const { rows } = await ctx.tx.execute<{ cells: string[] | null; id: string | null; name: string | null }>(sql`
    select i.cells, d.id, d.name from batches b join batch_items i on i.batch_id = b.id
    left join tasks t on t.id = i.task_id left join runs r on r.id = i.run_id
    left join documents d on d.workspace_id = b.workspace_id and d.id = i.document_id
    where b.id = ${id} and ${chosen} and ${state === undefined ? sql`true` : sql`${stateOf()} = ${state}`} order by i.row`)
  return {
    columns: batch.columns ?? [],
    textColumn: batch.columns?.[batch.text_column ?? -1] ?? '',
    rows: rows.flatMap(({ cells }) => (cells ? [cells] : [])),
    documents: rows.flatMap(({ id: document, name }) =>
      document === null ? [] : [{ id: document, name: name ?? '' }],
    ),
  }
}
