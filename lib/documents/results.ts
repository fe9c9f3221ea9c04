// What workers found in a document's text, with every place as a place in the document: a task or a run may have read
// some pages only, and a step of a run a part of those.
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { requireAccess } from '#lib/access/policy.ts'
import type { Ctx } from '#lib/context.ts'
import { NotFound } from '#lib/errors.ts'
import type { ResultInfo } from '#lib/workers/define.ts'
import { isObject } from '#lib/workers/quotes.ts'
import type { PinnedDefinition } from '#lib/workflows/definition.ts'
import type { StepPart } from '#lib/workflows/states.ts'
import { getDocument } from './queries.ts'
import type { DocumentResult } from './shapes.ts'

export const resultsQuery = z.strictObject({
  /** The task or run that used the document. */
  of: z.uuid('This is not the id of a task or a run.'),
})

const MAX_RESULTS = 200

/** In the order of the steps and their parts; those of a run whose text is not the document's are left out. */
export async function listResults(
  ctx: Ctx,
  id: string,
  { of }: z.output<typeof resultsQuery>,
): Promise<DocumentResult[]> {
  requireAccess(ctx, 'task.read')
  requireAccess(ctx, 'run.read')
  const document = await getDocument(ctx, id)
  const { rows } = await ctx.tx.execute<Row>(sql`
    with u as (
      select d.start, d.task_id, d.run_id from document_uses d
      where d.workspace_id = ${ctx.workspaceId} and d.document_id = ${document.id}
        and (d.task_id = ${of} or d.run_id = ${of}))
    select u.start, null::jsonb as definition, null as step, null::jsonb as part, t.id, t.worker, t.result, t.info
    from u left join tasks t on t.id = u.task_id and t.result is not null where u.task_id is not null
    union all
    select u.start, r.definition, f.name, f.part, f.id, f.worker, f.result, f.info
    from u join runs r on r.id = u.run_id
    left join lateral (
      select s.name, s.item, s.part, t.id, t.worker, t.result, t.info
      from steps s join tasks t on t.id = coalesce(s.task_id, s.reused_task_id)
      where s.run_id = r.id and t.result is not null and (s.part ? 'start' or t.text_sha256 = r.text_sha256)
      order by s.item limit ${MAX_RESULTS}) f on true`)
  if (rows.length === 0) throw new NotFound('The use of the document')
  return rows.toSorted((left, right) => orderOf(left) - orderOf(right)).flatMap(toResult)
}

type Row = {
  /** Of the text in the document. */
  start: number
  definition: PinnedDefinition | null
  step: string | null
  part: StepPart | null
} & ({ id: null } | { id: string; worker: string; result: unknown; info: ResultInfo | null })

/** Of the step in its workflow. */
function orderOf({ definition, step }: Row): number {
  return definition?.steps.findIndex(({ name }) => name === step) ?? 0
}

function toResult(row: Row): DocumentResult[] {
  if (row.id === null) return []
  const { id, worker, result, info, part } = row
  return [
    {
      taskId: id,
      worker,
      title: row.definition?.steps[orderOf(row)]?.title ?? null,
      part: part && { label: part.label, start: row.start + (part.start ?? 0), end: row.start + (part.end ?? 0) },
      language: info?.language ?? null,
      result: moved(result, row.start + (part?.start ?? 0)),
    },
  ]
}

/** Every place in a result, further on by so much. */
function moved(value: unknown, by: number): unknown {
  if (by === 0) return value
  if (Array.isArray(value)) return value.map((item) => moved(item, by))
  if (!isObject(value)) return value
  const { start, end } = value
  const place = typeof start === 'number' && typeof end === 'number' ? { start: start + by, end: end + by } : {}
  return { ...Object.fromEntries(Object.entries(value).map(([key, item]) => [key, moved(item, by)])), ...place }
}
